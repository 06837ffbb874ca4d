import type { refusalsEn } from './refusals.en.ts';

/** Why something was not done, and what was not found, in Dutch. */
export const refusalsNl: Record<keyof typeof refusalsEn, string> = {
  'refusal.outdated-card': 'Deze kaart is verouderd. Er is niets gedaan.',
  'refusal.first-step': 'Dit is de eerste stap. Er is niets gedaan.',
  'refusal.dialog-closed': 'Dit is al afgesloten. Er is niets gedaan.',
  'refusal.not-offered': 'Dat antwoord is geen van de keuzes. Er is niets gedaan.',
  'refusal.not-allowed': 'Dit mag je hier niet. Er is niets gedaan.',
  'refusal.read-only': 'Kluis is hier alleen-lezen: het start niets. Er is niets gedaan.',
  'refusal.not-from-channel': 'Dit kan niet vanuit dit kanaal worden gestart. Er is niets gedaan.',
  'refusal.denied-by-rule': 'Een regel in kluis.yaml staat dit niet toe. Er is niets gedaan.',
  'refusal.too-few-approvals': 'Geen regel vraagt hiervoor genoeg goedkeuringen. Er is niets gedaan.',
  'refusal.needs-approval': 'Hiervoor is goedkeuring van iemand anders nodig. Er is niets gedaan.',
  'refusal.lacks-azure-role': 'Je hebt in Azure de rol niet die hiervoor nodig is. Er is niets gedaan.',
  'refusal.azure-role-conditional': 'Je rol in Azure is alleen onder een voorwaarde toegewezen. Er is niets gedaan.',
  'refusal.denied-in-azure': 'Een weigeringstoewijzing in Azure blokkeert dit voor jou. Er is niets gedaan.',
  'refusal.azure-roles-unread': 'Kluis kon je rollen in Azure niet lezen. Er is niets gedaan.',
  'refusal.not-in-entra': 'Kluis weet niet wie je bent in Microsoft Entra ID. Er is niets gedaan.',
  'refusal.bad-name':
    'Dat is geen geldige VM-naam. Gebruik de naam, groep/naam (rg-app/vm-app-01), een Azure-id of een link uit de portal. Streepjes, punten en underscores mogen.',
  'refusal.not-the-name': 'Dat is niet de naam van de VM. Er is niets gedaan.',
  'refusal.name-too-long': 'Die naam is te lang: een VM-naam heeft hooguit 64 tekens.',
  'refusal.too-many-names': "Hooguit 50 VM's tegelijk. Er is niets gedaan.",
  'refusal.unreadable-click': 'Die knop werkte niet. Er is niets gedaan; probeer het opnieuw.',
  'refusal.unknown-dialog': 'Kluis kent de aanvraag van deze kaart niet meer. Er is niets gedaan.',
  'refusal.not-looked-yet':
    'Kluis controleert eerst wat je koos. Er is niets gestart; kies opnieuw zodra deze kaart het laat zien.',
  'refusal.lookup-given-up':
    'Kluis geeft dit op na {tries, number} pogingen die nooit klaar waren. Er is niets gestart. Vraag minder tegelijk, zoals één VM, en meld het aan wie Kluis beheert: in de log staat wat het las.',
  'refusal.got-worse':
    'Er is iets veranderd nadat deze kaart was geplaatst. Er is niets gedaan; dit is de huidige stand.',
  'refusal.revived':
    'Kluis is bijgewerkt nadat deze kaart was geplaatst. Er is niets gedaan; geef je antwoord opnieuw.',
  'refusal.policy-not-created':
    'Het nieuwe beleid is niet gemaakt. De kaart ervan zegt waarom; verder is er niets gedaan.',
  'refusal.policy-of-another-vault':
    'Dat beleid hoort niet bij die Recovery Services-kluis. Kies het beleid opnieuw. Er is niets gedaan.',
  'refusal.job-not-running': 'Die back-up loopt niet meer. Er is niets gedaan.',
  'refusal.files-deleted':
    'Dit herstel kan niet verder zonder zijn bestanden. Ze zijn of worden verwijderd: begin een nieuw herstel. Er is niets gedaan.',
  'refusal.restore-goes-on':
    'Dit herstel loopt weer en heeft zijn bestanden nodig. Verwijder ze als het klaar is. Er is niets gedaan.',
  'refusal.not-trusted-now':
    'Kluis start op dit moment niets. Het kan nu niet vertrouwen op zijn database, zijn identiteiten of zijn klok; wat al loopt, heeft daar geen last van.',

  'refusal.request-closed':
    'Deze aanvraag is al {state, select, approved {goedgekeurd} denied {afgewezen} expired {verlopen} withdrawn {ingetrokken} revoked {herroepen} superseded {vervallen, omdat het plan is gewijzigd} refused {geweigerd bij de start} started {goedgekeurd en in uitvoering} other {gesloten}}. Je beslissing is niet geteld.',
  'refusal.not-your-request': 'Alleen wie deze aanvraag deed, kan die intrekken. Er is niets gedaan.',
  'refusal.own-request': 'Je kunt je eigen aanvraag niet goedkeuren of afwijzen. Met Intrekken stop je de aanvraag.',
  'refusal.not-your-start': 'Alleen wie dit aanvroeg, kan het starten. Er is niets gedaan.',
  'refusal.own-review': 'Jij vroeg dit aan. Iemand anders moet het beoordelen; er is niets vastgelegd.',
  'refusal.changed-it':
    'Jij hebt dit plan als laatste gewijzigd. Je kunt er dus niet over beslissen; er is niets geteld.',
  'refusal.voted-already': 'Je hebt dit al goedgekeurd. Iedereen telt één keer.',
  'refusal.not-needed': 'Dit wacht op goedkeuring van anderen. De kaart zegt van wie. Er is niets geteld.',
  'refusal.not-approver': 'Je bent hier geen goedkeurder. Er is niets geteld.',
  'refusal.no-guests': 'Gasten kunnen niet over aanvragen beslissen. Er is niets geteld.',
  'refusal.other-plan':
    'Dit plan is gewijzigd nadat de kaart was geplaatst. Er is niets geteld; open de huidige kaart.',
  'refusal.unreadable-plan':
    'Deze versie van Kluis kan dat plan niet lezen. Er is niets geteld; wijs het af of trek het in, en vraag het opnieuw.',
  'refusal.ticket-missing':
    'Hiervoor is een ticket nodig: kluis.yaml vereist er een. Vul het in op de kaart en vraag het opnieuw; er is niets aangevraagd.',
  'refusal.ticket-wrong': '{ticket} past niet bij de ticketindeling in kluis.yaml. Er is niets aangevraagd.',
  'refusal.not-break-glass':
    'Je kunt hier geen noodstart doen. Je rol staat dit niet toe, of kluis.yaml noemt je er niet voor. Er is niets gedaan.',
  'refusal.no-reviewer':
    'Niemand kan dit achteraf beoordelen. Naast jou en wie erom vroeg noemt kluis.yaml geen goedkeurder en geen beheerder. Er is niets gestart.',
  'refusal.own-break-glass': 'Jij deed de noodstart. Iemand anders moet die beoordelen; er is niets vastgelegd.',
  'refusal.break-glass-name':
    'Dat is niet de naam op de kaart. Typ die precies zoals die daar staat. Er is niets gestart.',
  'refusal.break-glass-reason': 'Geef aan waarom het niet kan wachten. Er is niets gestart.',
  'refusal.break-glass-limit':
    'De limiet voor noodstarts van deze maand is bereikt. kluis.yaml bepaalt die (breakGlass, perMonth). Er is niets gestart.',
  'refusal.exception-reason': 'Geef aan waarom de uitzondering nodig is. Er is niets aangevraagd.',
  'refusal.restore-reason':
    'Geef aan waarom je wilt herstellen. Goedkeurders en het auditlogboek zien het. Er is niets aangevraagd.',
  'refusal.drills-date': 'Kies een latere dag, hooguit 366 dagen vooruit. Er is niets aangevraagd.',
  'refusal.standing-not-enough':
    'Te weinig van wie het toestond, mogen dit goedkeuren. De regels vragen om {approvals, plural, one {# goedkeuring} other {# goedkeuringen}}.',
  'refusal.exception-date': 'Kies een latere dag, hooguit 90 dagen vooruit. Er is niets aangevraagd.',
  'refusal.reason-missing': 'Geef aan waarom je het afwijst. Er is niets geteld.',
  'refusal.bad-day': '{given} is geen datum. Schrijf die als 2026-11-20.',
  'refusal.no-such-restore':
    "{wish, select, files {Losse bestanden kun je hier niet herstellen. Herstel de schijven en koppel er een aan een andere VM; met Azure Disk Encryption heeft die VM ook de sleutels nodig.} region {Herstellen blijft in dezelfde regio. Met kopieën in twee regio's kan Azure naar de andere herstellen: doe dat in de Azure-portal.} zone {Naar een andere zone herstellen kan hier niet. Met Azure Disk Encryption weigert Azure dat; gebruik voor andere VM's de Azure-portal.} other {Herstellen blijft in hetzelfde abonnement. Met Azure Disk Encryption weigert Azure een ander; gebruik voor andere VM's de Azure-portal.}}",
  'refusal.staging-shut':
    'Met dit opslagaccount kan het alleen met schijven. Het zit achter een firewall, waar Kluis misschien niet kan lezen wat een VM maakt: herstel alleen de schijven, of kies een ander account.',
  'refusal.bad-vm-name':
    'Zo kan een VM niet heten. Gebruik hooguit 64 letters, cijfers, punten, streepjes en underscores, beginnend met een letter of cijfer.',
  'refusal.subnet-full':
    'Dat subnet is vol. {subnet} heeft geen vrij adres: kies een ander, of maak er een adres vrij.',
  'refusal.size-without-ade':
    'Die grootte past niet. Azure Disk Encryption kan niet in {size}: geen Basic, A-serie, v6 of later, en niets onder 2 GB geheugen.',
  'refusal.vm-name-taken': 'Die naam is bezet. De resourcegroep heeft al een VM met die naam: kies een andere.',
  'refusal.no-account':
    'Microsoft Entra ID heeft geen actief account voor jou. Het is uitgeschakeld of verwijderd, of van een andere tenant. Er is niets gedaan.',
  'refusal.not-linked': 'Kluis weet niet wie je bent in Microsoft Entra ID. Er is niets gedaan.',
  'link.sign-in': 'Meld je één keer aan, binnen tien minuten, en probeer het dan opnieuw.',
  'link.first': 'Meld je één keer aan om hier iets te kunnen bekijken. Met de knop krijg je een link.',
  'link.ask': 'Vraag een beheerder om je te koppelen in kluis.yaml.',
  'link.yet-title': 'Je kunt hier kijken, maar nog niets starten',
  'link.yet': 'Kluis weet nog niet wie je bent in Microsoft Entra ID.',
  'link.title': 'Koppel je account',
  'link.whom':
    'Wie zich nu aanmeldt, is voor Kluis voortaan het Slack-lid {name} ({id}). Ben jij dat niet, sluit dan deze pagina.',
  'link.button': 'Aanmelden met Microsoft',
  'link.done': 'Klaar: voor Kluis ben je {name}. Ga terug naar Slack en probeer het opnieuw.',
  'link.expired': 'Deze link werkt niet meer. Kies de knop in Slack nog eens voor een nieuwe.',
  'link.taken': 'Dat account hoort al bij een ander Slack-lid. Een beheerder kan dat aanpassen in kluis.yaml.',
  'link.failed': 'Het aanmelden is niet afgerond. Kies de knop in Slack nog eens voor een nieuwe link.',
  'install.title': 'Kluis in Slack',
  'install.done':
    'Klaar: Kluis zit in de workspace {name}. Doe daar in een kanaal: /invite @Kluis, en dan /backup help.',
  'install.foreign':
    'Kluis is niet ingesteld voor deze workspace en is daar dus niet geïnstalleerd. Een beheerder van Kluis kan hem opnemen in KLUIS_SLACK_WORKSPACES.',
  'install.expired':
    'Deze installatie was al afgerond, duurde te lang, of is in een andere browser begonnen. Begin opnieuw bij /slack/install als Kluis nog niet in de workspace is.',
  'install.failed': 'De installatie is niet afgerond, en er is niets bewaard. Begin opnieuw bij /slack/install.',
  'form.not-opened': 'Het formulier ging niet open. Er is niets gedaan; probeer de knop nog eens.',
  'link.look-around':
    'Kluis weet nog niet wie je bent in Microsoft Entra ID. Je kunt hier alles bekijken; zodra je iets start, hoor je hoe je je account koppelt.',
  'command.elsewhere': 'Kluis zit niet in dit gesprek en antwoordt daarom in een direct bericht aan jou.',
  'invite.title': 'Nodig Kluis eerst uit: /invite @Kluis',
  'invite.text':
    'Er is niets gedaan. Kluis zit niet in dit kanaal: het kan hier dingen laten zien, maar de knoppen zouden niet werken. Nodig Kluis uit en vraag het opnieuw, of stuur een direct bericht.',
  'thread.cannot-write':
    'Kluis zit niet in dat kanaal, dus er is niets gedaan. Nodig het uit (/invite @Kluis) en probeer het opnieuw: {asked}',

  'refused.changed-since': 'Er is iets gebeurd nadat de kaart was geplaatst: {what}.',
  'refused.may-not': 'Dit mag je niet: {what}. Er is niets gedaan.',
  'refused.asker-no-account': 'Microsoft Entra ID heeft geen actief account voor {who}.',
  'refused.asker-unlinked': '{who} is nog niet gekoppeld.',
  'refused.you-may-not': 'Je kunt dit bekijken, maar {what} mag je niet.',
  'refused.asker-may-not': '{who} kan dit bekijken, maar {what} niet.',
  'refused.needs-role': 'Hiervoor is de rol {role} nodig. Vraag {who}.',
  'refused.needs-role-nobody':
    'Hiervoor is de rol {role} nodig, die hier nog niemand heeft. Wie Kluis draait, geeft die onder roles in kluis.yaml.',
  'ruled.denied': 'Een regel blokkeert dit: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.denied-by':
    'Het is de regel voor {rule} in kluis.yaml; een beheerder kan die wijzigen. Azure zelf zou het toestaan.',
  'ruled.denied-everywhere':
    'De regel in kluis.yaml gaat over alles; een beheerder kan die wijzigen. Azure zelf zou het toestaan.',
  'ruled.unread': 'Kluis kon dit niet lezen: {unread}. Daarom gaat het ervan uit dat de regel geldt.',
  'ruled.approvals':
    '{approvals, plural, one {Goedkeuring nodig} other {# goedkeuringen nodig}}: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.too-few':
    'Alleen met een regel die {approvals} of meer goedkeuringen vraagt: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.too-few-line': 'Wie Kluis draait, kan in kluis.yaml onder rules opnemen: {line}',
  'ruled.by-command': 'Typ de opdracht ervoor: op de kaart die volgt, kun je de goedkeuring vragen.',
  'ruled.read-only': 'Kluis is hier alleen-lezen: het start niets.',
  'ruled.not-from-channel': 'Kan niet vanuit dit kanaal: {what}{named, select, yes { ({on})} other {}}.',
  'ruled.elsewhere':
    'kluis.yaml beperkt wat hier gestart kan worden (channels, operations). Start het in een persoonlijke chat met Kluis of in een ander kanaal.',
  'azure.demanded': 'Volgens een regel in kluis.yaml is hiervoor een eigen rol in Azure nodig.',
  'azure.lacks':
    'Ontbreekt op {scope}: {role}, of een andere rol met {actions}. Vraag het wie daar de toegang beheert.',
  'azure.conditional':
    'Op {scope} is een rol met {actions} alleen onder een voorwaarde toegewezen, en die telt voor Kluis niet mee. Nodig is {role} zonder voorwaarde.',
  'azure.denied':
    'Op {scope} blokkeert een weigeringstoewijzing {actions}, dus geen enkele rol helpt. Vraag het wie daar de toegang beheert.',
  'azure.unread':
    'Kluis kon de rollen in Azure niet lezen, dus er wordt niets gestart. Probeer het over een minuut opnieuw. Blijft het zo, dan kan een beheerder met de doctor nagaan of Kluis roltoewijzingen mag lezen.',
  'azure.not-in-entra':
    'Kluis weet niet wie dit is in Microsoft Entra ID. Een beheerder kan deze persoon opnemen in kluis.yaml (people).',
  'refused.taken-over-by': 'Overgenomen door {who}.',
  'asked-by': 'Gevraagd door {who}',
  'closed.by': 'Gesloten door {who}, {at}. Er is niets gewijzigd.',
  'closed.expired': 'Gesloten {at}: {hours, plural, one {# uur} other {# uur}} niet gebruikt. Er is niets gewijzigd.',
  'closed.unread': '{about}: gesloten voordat het gelezen was',
  'refused.closed-text': 'Als je dit opnieuw opent, blijven geldige antwoorden bewaard.',
  'refused.fault': 'Er ging iets mis in Kluis. Er is verder niets gedaan. Referentie: {reference}',
  'refused.who-unknown': 'Slack gaf niet op tijd door wie je bent. Er is niets gedaan; probeer het opnieuw.',

  'state.answered': 'iemand heeft al geantwoord',

  'may.protect': "VM's beveiligen",
  'may.back-up-now': 'een back-up starten',
  'may.grant-key-vault-access': 'toegang tot een sleutelkluis geven',
  'may.cancel-job': 'deze back-up annuleren',
  'may.view': 'hier back-ups bekijken',
  'role.viewer': 'kijker',
  'role.operator': 'operator',
  'role.approver': 'goedkeurder',
  'role.admin': 'beheerder',
  'role.auditor': 'auditor',

  'pointer.title': 'Deze kaart is verplaatst',
  'pointer.text': 'De actuele kaart staat verderop.',

  'find.none': 'Er is geen VM met de naam {name}',
  'find.none-read': 'Geen VM {name} in wat gelezen kon worden',
  'find.none-nearest': '{count, plural, one {Bedoel je deze?} other {Bedoel je een van deze?}}',
  'find.none-text':
    "Gezocht in {count, plural, one {# abonnement} other {# abonnementen}} (lijst van {at}; nieuwe VM's verschijnen binnen 5 minuten; klassieke VM's alleen als Kluis de rol classic-reader heeft).",
  'find.mistyped': 'Geen VM met de naam {name}. Bedoelde je {command}?',
  'find.several': "{count, number} VM's met de naam {name}. Welke?",
  'find.row-protected': 'beveiligd',
  'find.row-not-protected': 'niet beveiligd',
  'find.row-classic': 'klassiek, buiten gebruik gesteld',
  'find.no-word': 'Noem een VM: {example}',
  'find.no-job': 'Noem een VM: backup job vm-naam',
  'find.no-job-text': 'Of de eerste acht tekens van de id van een taak.',

  'command.unknown': 'Kluis kent de opdracht {command} niet',
  'command.unknown-long': 'Kluis kent die opdracht niet',
  'command.typed': 'Je typte: {command}',
  'word.nothing-open': 'Hier staat niets open',
  'word.nothing-open-text':
    'Typ backup cancel om een lopende back-up te annuleren. Een aanvraag om goedkeuring trek je in op de kaart ervan.',
  'word.back': 'Eén stap terug: {about}',
  'word.cancel': 'Gesloten: {about}',
  'word.again': 'Opnieuw controleren: {about}',
  'word.answer': 'Beantwoord: {about}',
  'command.delete': 'Kluis verwijdert geen back-ups',
  'command.delete-text': 'Dat gebeurt in de Azure-portal, bij het back-upitem van de VM, met Back-up stoppen.',
  'command.lists': "Noem de VM's, of bekijk ze allemaal in een lijst",
  'command.lists-text': "Kluis maakt back-ups van de VM's die je noemt, hooguit {most, number} per keer.",
  'command.retain-missing': 'Hoe lang moet de back-up bewaard blijven? Schrijf bijvoorbeeld retain 30d, 8w, 6m of 1y.',
  'command.retain-bad': '"{given}" is geen geldige bewaartermijn. Schrijf bijvoorbeeld retain 30d, 8w, 6m of 1y.',
  'command.retain-range': 'Een back-up van nu kan 1 dag tot 99 jaar bewaard blijven. {given} valt daarbuiten.',
  'command.too-long': 'Dat bericht is te lang voor een opdracht.',
};
