/** What a plan is asked for, and what it brings about, in Dutch. */
export const effectsNl = {
  'asks.title': '{who} vraagt: {what}',
  'asks.plan': '{who} vraagt om goedkeuring',

  'ask.allow-drills': 'hersteltests van {name} volgens schema',
  'ask.end-drills': 'geplande hersteltests van {name} stoppen',
  'ask.exception': '{vm} zonder KEK toestaan',
  'ask.end-exception': 'uitzondering voor {vm} beëindigen',
  'ask.protect': '{vms} beveiligen',
  'ask.protect-back-up': '{vms} beveiligen, met back-up',
  'ask.disks': 'andere schijven van {vms} in de back-up',
  'ask.back-up': 'nu een back-up van {vms}',
  'ask.cancel': 'back-up van {vms} annuleren',
  'ask.clean-up': 'bestanden van herstel {vm} verwijderen',
  'ask.new-vm': '{vm} herstellen als nieuwe VM {name}',
  'ask.new-vm-short': '{vm} herstellen als nieuwe VM',
  'ask.restore-disks': 'schijven van {vm} herstellen',
  'ask.replace-disks': '{vm} overschrijven met de back-up van {point}',
  'ask.replace-disks-short': '{vm} overschrijven met een back-up',
  'ask.drill': 'hersteltest van {vm}',
  'ask.delete-left': 'resten van hersteltests in {group} verwijderen',
  'ask.grant': 'Azure Backup toegang geven tot {keyVaults}',
  'ask.recover-key-vault': 'sleutelkluis {keyVaults} herstellen',
  'ask.create-policy': 'beleid {policy} maken',
  'ask.change-policy': 'beleid {policy} wijzigen',
  'ask.stop-protection': 'back-ups van {vms} stoppen',
  'ask.resume-protection': 'back-ups van {vms} hervatten',
  'ask.undelete': 'back-ups van {vms} terughalen',
  'ask.register-provider': '{provider} registreren',

  'effect.new-vm':
    'Maakt VM {name} in {group}, subnet {subnet}{size, select, none {} other {, grootte {size}}}{point, select, none {} other {, van {point}}}',
  'effect.same-name': 'Zelfde computernaam als {vm}{public, select, yes {; misschien een openbaar adres} other {}}',
  'effect.new-disks': 'Maakt schijven van {vm} in {group}, van {point}; overschrijft niets',
  'effect.staged': 'Laat bestanden achter in opslagaccount {account}, met de sleutels als er versleuteld is',
  'effect.replace-disks':
    'Overschrijft {vm}: de schijven worden vervangen door die van {point}; alles wat daarna geschreven is, gaat verloren',
  'effect.kept-disks':
    'De huidige schijven blijven, losgekoppeld, met een momentopname in {account}; ze kosten geld tot iemand ze verwijdert',
  'effect.encrypts': 'Versleutelt misschien ook andere dataschijven van de VM',
  'effect.delete-drill':
    'Verwijdert {vm}, de netwerkinterface en de schijven{hours, plural, =0 { daarna} one { na # uur} other { na # uur}}',
  'effect.delete-left': 'Verwijdert {what} uit {group}, elk alleen met de tag van die hersteltest',
  'effect.clean-up': 'Verwijdert de bestanden van het herstel, met de sleutels, uit opslagaccount {account}',
  'effect.restore-key-and-secret':
    'Zet verdwenen of uitgeschakelde sleutels en geheimen terug{count, plural, =0 {} other { in {keyVaults}}}',
  'effect.recover-key-vault':
    'Herstelt sleutelkluis {keyVault} met alles erin; het toegangsbeleid komt terug, roltoewijzingen niet. Er wordt niets overschreven{vms, select, none {} other {. Helpt {vms}}}',
  'effect.grant-policies':
    'Geeft Azure Backup in {keyVaults}, voor elke sleutel en elk geheim: {rights}; terug te draaien{vms, select, none {} other {; helpt ook {vms}}}',
  'effect.grant-roles':
    'Geeft Azure Backup de rol {role} op {keyVaults}, voor elke sleutel en elk geheim; terug te draaien{vms, select, none {} other {; helpt ook {vms}}}',
  'effect.protect': 'Beveiligt {vms} in {vault} met het beleid {policy}',
  'effect.back-up': 'Maakt nu een back-up van {vms}, bewaard tot {until}',
  'effect.back-up-join': 'Volgt de lopende back-up van {vms}; er start geen tweede',
  'effect.cancel': 'Annuleert de lopende back-up van {vm}; de momentopname vervalt',
  'effect.create-policy': 'Maakt het beleid {policy} in {vault}',
  'effect.change-policy':
    "Wijzigt het beleid {policy} in {vault}{count, plural, =0 {, dat nog geen VM gebruikt} one { voor # VM} other { voor # VM's}}",
  'effect.stop-protection': 'Stopt de back-ups van {vm} in {vault}; de herstelpunten blijven',
  'effect.resume-protection': 'Maakt weer back-ups van {vm} in {vault}, met het beleid {policy}',
  'effect.undelete': 'Haalt de back-ups van {vm} in {vault} terug; ze blijven gestopt',
  'effect.register-provider': 'Registreert {provider} in het abonnement van {vms}',
  'effect.exception': 'Staat back-ups van {vm} zonder KEK toe tot {until}',
} as const;
