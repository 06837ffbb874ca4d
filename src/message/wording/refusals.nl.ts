import type { refusalsEn } from './refusals.en.ts';

/** Why something was not done, and what was not found, in Dutch. */
export const refusalsNl: Record<keyof typeof refusalsEn, string> = {
  'refusal.outdated-card': 'Deze kaart is verouderd. Er is niets gedaan.',
  'refusal.dialog-closed': 'Dit was al afgelopen. Er is niets gedaan.',
  'refusal.not-offered': 'Dat antwoord staat niet bij de keuzes. Er is niets gedaan.',
  'refusal.not-allowed': 'Dit mag je hier niet. Er is niets gedaan.',
  'refusal.denied-by-rule': 'Een regel in kluis.yaml staat dit niet toe. Er is niets gedaan.',
  'refusal.needs-approval':
    'Hiervoor moet iemand anders goedkeuring geven, en Kluis kan daar nog niet om vragen. Er is niets gedaan.',
  'refusal.bad-name':
    'Dat is geen naam van een VM. Die heeft hooguit 64 letters, cijfers, streepjes, punten of lage streepjes; een groep met naam (rg-app/vm-app-01), een Azure-id of een link uit de portal kan ook.',
  'refusal.name-too-long': 'Die naam is te lang: een VM-naam heeft hooguit 64 tekens.',
  'refusal.too-many-names': "Hoogstens 50 VM's tegelijk. Er is niets gedaan.",
  'refusal.unreadable-click': 'Wat deze knop verstuurde, was niet te lezen. Er is niets gedaan; probeer het opnieuw.',
  'refusal.unknown-dialog': 'Kluis kent het gesprek van deze kaart niet meer. Er is niets gedaan.',
  'refusal.not-looked-yet':
    'Wat je koos wordt eerst bekeken. Er is niets gestart; kies opnieuw zodra deze kaart het laat zien.',
  'refusal.got-worse':
    'Er is iets veranderd sinds deze kaart werd getekend. Er is niets gedaan; zo staat het er nu voor.',
  'refusal.revived':
    'Kluis is bijgewerkt sinds deze kaart getekend is. Er is niets gedaan; beantwoord dit nog één keer.',
  'refusal.policy-of-another-vault':
    'Het beleid en de Recovery Services-kluis horen niet bij elkaar. Kies het beleid opnieuw. Er is niets gedaan.',
  'refusal.job-not-running': "Zo'n back-up loopt niet meer. Er is niets gedaan.",
  'refusal.not-trusted-now':
    'Kluis kan nu niet vertrouwen op zijn database, zijn identiteiten of zijn klok, dus er wordt niets gestart. Wat al loopt, heeft daar geen last van.',

  'refusal.not-linked':
    'Kluis weet niet wie je in Microsoft Entra ID bent; daarom mag je hier kijken en niets starten. Er is niets gedaan.',
  'link.sign-in': 'Meld je één keer aan, binnen tien minuten, en probeer het dan opnieuw.',
  'link.ask': 'Vraag een beheerder om je te koppelen in kluis.yaml.',
  'link.yet-title': 'Je kunt hier kijken, maar nog niets starten',
  'link.yet': 'Kluis weet nog niet wie je bent in Microsoft Entra ID.',
  'link.title': 'Koppel je account',
  'link.whom':
    'Wie zich nu aanmeldt, is voor Kluis voortaan het Slack-lid {name} ({id}). Ben jij dat niet, sluit dan deze pagina.',
  'link.button': 'Aanmelden met Microsoft',
  'link.done': 'Klaar: voor Kluis ben je {name}. Ga terug naar Slack en probeer het opnieuw.',
  'link.expired': 'Deze link werkt niet meer. Druk nog eens op de knop in Slack voor een nieuwe.',
  'link.taken': 'Dat account hoort al bij een ander Slack-lid. Een beheerder kan dat aanpassen in kluis.yaml.',
  'link.failed': 'Het aanmelden is niet afgerond. Druk nog eens op de knop in Slack voor een nieuwe link.',
  'form.not-opened': 'Het formulier ging niet open. Er is niets gedaan; druk nog eens op de knop.',
  'link.look-around':
    'Kluis weet nog niet wie je bent in Microsoft Entra ID. Kijken mag je hier overal; zodra je iets start, hoor je hoe je gekoppeld wordt.',
  'command.elsewhere': 'Ik antwoord in onze eigen directe berichten: in dit gesprek zit ik niet.',
  'invite.title': 'Nodig Kluis eerst uit: /invite @Kluis',
  'invite.text':
    'Er is niets gedaan. Kluis zit niet in dit kanaal: het kan hier dingen laten zien, maar niemand zou ergens op kunnen drukken. Nodig het uit en vraag het nog eens, of schrijf het rechtstreeks.',
  'thread.cannot-write':
    'Kluis mag in dat kanaal niet schrijven, dus er is niets gedaan. Nodig het daar uit en vraag het nog eens: {asked}',

  'refused.changed-since': 'Er is iets gebeurd sinds ze werd getekend: {what}.',
  'refused.may-not': 'Dit mag je niet: {what}. Er is niets gedaan.',
  'refused.asker-unlinked': '{who} is nog niet gekoppeld.',
  'refused.asker-may-not': '{who} mag hier kijken, maar niet {what}.',
  'refused.needs-role': 'Daarvoor is de rol {role} nodig. Vraag: {who}.',
  'refused.needs-role-nobody':
    'Daarvoor is de rol {role} nodig, die hier niemand heeft. Een beheerder regelt dat in kluis.yaml.',
  'ruled.denied': 'Een regel in kluis.yaml laat niemand {what} ({on}).',
  'ruled.denied-by': 'De regel gaat over {rule}. Azure zelf zou het toestaan.',
  'ruled.denied-everywhere': 'De regel gaat over alles. Azure zelf zou het toestaan.',
  'ruled.unread': 'Kluis kon dit niet lezen: {unread}. Daarom houdt het zich aan de regel.',
  'ruled.approvals':
    '{approvals, plural, one {Een tweede persoon moet dit goedkeuren} other {# anderen moeten dit goedkeuren}}: {what} ({on}).',
  'ruled.not-built':
    'Kluis kan nog geen goedkeuring vragen, dus niemand kan dit hier starten. Wie de rechten heeft kan het in Azure doen; een beheerder kan de regels in kluis.yaml wijzigen.',
  'ruled.everything': 'overal',
  'refused.taken-over-by': 'Overgenomen door {who}.',
  'refused.expired': 'Deze dialoog is na {hours, plural, one {# uur} other {# uur}} verlopen. Er is niets gewijzigd.',
  'refused.closed-text': 'Weer geopend houdt hij de antwoorden die nog kloppen.',
  'refused.cancelled': 'Geannuleerd. Er is niets gewijzigd.',
  'refused.fault': 'Er ging iets stuk binnen Kluis. Er is verder niets gedaan.',
  'refused.who-unknown': 'Slack vertelde niet op tijd wie je bent. Er is niets gedaan: probeer het nog eens.',
  'refused.azure-denied': 'Azure laat Kluis {what} niet lezen: {action} ontbreekt.',

  'state.answered': 'iemand heeft al geantwoord',

  'may.protect': 'beveiliging inschakelen',
  'may.back-up': 'een back-up starten',
  'may.grant': 'toegang tot een sleutelkluis geven',
  'may.cancel': 'deze back-up stoppen',
  'may.look': 'hier naar back-ups kijken',
  'role.viewer': 'kijker',
  'role.operator': 'operator',
  'role.approver': 'goedkeurder',
  'role.admin': 'beheerder',
  'role.auditor': 'auditor',

  'pointer.title': 'Deze kaart is verplaatst',
  'pointer.text': 'De actuele staat verderop in dit gesprek.',

  'find.none': 'Er is geen VM {name} gevonden',
  'find.none-read': 'Er is geen VM {name} gevonden in wat gelezen kon worden',
  'find.none-nearest': '{count, plural, one {Bedoel je deze?} other {Bedoel je een van deze?}}',
  'find.none-text':
    'Kluis keek in {count, plural, one {# abonnement} other {# abonnementen}}; de lijst is van {at}. Een nieuwe VM verschijnt binnen 5 minuten, een klassieke alleen met de rol classic-reader.',
  'find.mistyped': 'Er is geen VM {name} gevonden. Bedoelde je {command}?',
  'find.several': "{count, number} VM's heten {name}. Welke?",
  'find.row': '{region} · {state}',
  'find.row-protected': 'beveiligd',
  'find.row-not-protected': 'niet beveiligd',
  'find.row-classic': 'klassiek, buiten gebruik gesteld',
  'find.no-word': 'Zeg erbij welke VM: {example}',
  'find.no-job': 'Zeg erbij welke taak: backup job vm-naam, of de eerste acht tekens van het id van de taak',

  'command.unknown': 'Kluis kent de opdracht {command} niet',
  'command.not-yet': '{command} is er nog niet',
  'command.delete':
    'Kluis verwijdert geen back-ups; dat gebeurt in de Azure-portal, bij het back-upitem van de VM, met Back-up stoppen',
  'command.lists': "Zeg welke VM's, of bekijk ze allemaal in een lijst",
  'command.lists-text': "Kluis maakt back-ups van de VM's die genoemd zijn, hooguit {most, number} per keer.",
  'command.retain-missing': 'Hoe lang bewaren ontbreekt. Schrijf bijvoorbeeld retain 30d, 8w, 6m of 1y.',
  'command.retain-bad': 'Hoe lang bewaren is niet begrepen: {given}. Schrijf bijvoorbeeld retain 30d, 8w, 6m of 1y.',
  'command.retain-range': 'Een back-up van nu kan 1 dag tot 99 jaar bewaard blijven. {given} valt daarbuiten.',
  'command.too-long': 'Dat bericht is te lang voor een opdracht.',
};
