/** Replacing the disks of a VM, in Dutch. */
export const replaceNl = {
  'replace.which': 'Schijven van {vm} vervangen: welk herstelpunt?',
  'replace.which-why': '{vm} gaat terug naar die tijd en raakt alles kwijt wat daarna geschreven is.',
  'replace.staging': 'Schijven van {vm} vervangen: opslag en reden?',
  'replace.staging-why':
    'Azure maakt eerst een momentopname van de huidige schijven en bewaart die in het gekozen opslagaccount.',
  'replace.sure': '{vm} overschrijven met de back-up?',
  'replace.what':
    'De huidige schijven ({disks}) worden losgekoppeld en bewaard. Azure maakt er eerst een momentopname van, in {account}.',
  'replace.runs':
    'Kluis begint pas als {vm} is gestopt (toewijzing ongedaan gemaakt), en wacht daar na de goedkeuring een uur op.',
  'replace.costs': 'De vervangen schijven en de momentopname kosten geld tot iemand ze verwijdert.',
  'replace.not-possible': 'Schijven van {vm} kunnen niet vervangen worden',
  'replace.not-possible-ade': '{vm}: ADE-schijven zijn niet te vervangen',
  'replace.why-not-ade':
    'Azure Backup vervangt geen schijven die met Azure Disk Encryption versleuteld zijn. Herstel de schijven, of een nieuwe VM.',
  'replace.why-not-ade-unknown':
    'Kluis kan niet zien of de schijven met Azure Disk Encryption versleuteld zijn; zulke vervangt Azure Backup niet.',
  'replace.why-not-gone': 'De VM moet er zijn, met beheerde schijven. Herstel de schijven, of een nieuwe VM.',
  'replace.why-not-deleted': 'De back-ups zijn verwijderd. Haal ze eerst terug.',
  'replace.why-not-rule':
    'Het overschrijft een VM, dus doet Kluis het alleen onder een eigen regel. Herstel de schijven, of een nieuwe VM.',
  'replace.waits': 'Wacht: {vm} is nog toegewezen',
  'replace.deallocate':
    'Azure vervangt alleen schijven van een VM waarvan de toewijzing ongedaan is gemaakt. Doe dat voor {vm}:',
  'replace.by-itself':
    'Kluis blijft controleren en gaat verder zodra dat is gebeurd; het wacht sinds {since} en geeft het na een uur op.',
  'input.type-name': 'Typ {vm} om te bevestigen',
  'input.type-name-required': 'Typ de naam van de VM.',
  'button.replace-disks': 'Schijven vervangen',
  'button.change-staging': 'Tussenopslag wijzigen',
  'button.restore-instead': 'Schijven of nieuwe VM herstellen',
  'button.replace-instead': 'Schijven van de VM vervangen…',
  'plan.replace-disks': 'De schijven van {vm} ({disks}) vervangen door die van {point}',
  'phase.replace-disks': 'Schijven zijn vervangen',
  'phase.replace-disks-now': 'Schijven vervangen',
  'progress.now-replace-disks': 'De schijven van {vm} worden vervangen',
  'closing.replace-disks': 'De schijven van {vm} zijn vervangen',
  'replaced.new': 'Huidige schijven',
  'replaced.old': '{count, plural, one {Oude schijf, bewaard} other {Oude schijven, bewaard}}',
  'replaced.unread': 'konden niet gelezen worden',
  'replaced.start': 'Draait {vm} niet, start die dan:',
  'replaced.cost': 'Vervangen schijven en de momentopname in {account} kosten geld tot iemand ze verwijdert.',
  'replaced.left':
    'Bekijk de schijven van {vm}: misschien maakte de taak nieuwe, die geld kosten tot iemand ze verwijdert.',
  'failed.replace-disks': 'Schijven van {vm} zijn NIET vervangen: {cause}',
  'ping.replace-disks': 'de schijven van {vm} zijn vervangen',
  'may.replace-disks': 'de schijven van een VM vervangen',
  'trouble.disks-changed': 'de schijven zijn sinds het plan veranderd',
  'trouble.vm-not-deallocated': 'niemand maakte de toewijzing op tijd ongedaan',
  'trouble.disks-not-replaced': 'de VM heeft nog de oude schijven',
  'trouble-why.disks-not-replaced': 'Azure meldt de taak toch als klaar.',
} as const;
