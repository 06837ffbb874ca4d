/** Requests for approval, in Dutch. */
export const approvalNl = {
  'button.ask-approval': 'Goedkeuring vragen',
  'button.ask-approval-to': 'Goedkeuring vragen: {what}',
  'button.approve': 'Goedkeuren',
  'button.deny': 'Afwijzen',
  'button.begin': 'Starten',
  'button.withdraw': 'Intrekken',
  'button.ask-anew': 'Opnieuw vragen',

  'button.break-glass': 'Noodstart…',
  'glass.title': '{vm}: zonder goedkeuring starten?',
  'glass.why':
    '{who} heeft dit gevraagd, en {needed, plural, one {er ontbreekt nog één goedkeuring} other {er ontbreken nog # goedkeuringen}}. Gebruik de noodstart alleen als het niet kan wachten.',
  'glass.vm':
    '{count, plural, one {Naam van de VM} other {Namen van de VM’s, in deze volgorde}}, precies zoals hierboven',
  'glass.vm-missing': 'Typ de naam van de VM.',
  'glass.reason': 'Waarom het niet kan wachten',
  'glass.reason-missing': 'Geef aan waarom het niet kan wachten.',
  'glass.go': 'Noodstart uitvoeren',
  'glass.note':
    'Het start meteen, zonder de goedkeuringen. Iedereen aan wie goedkeuring was gevraagd, krijgt je naam en reden te zien, en een goedkeurder beoordeelt het achteraf.',
  'glass.left': 'Noodstart: nog {left} van {perMonth} deze maand',
  'glass.none-left': 'Noodstart: nog 0 van {perMonth} tot {day}',
  'glass.form-closed': 'Gesloten: er is niets gestart met een noodstart',
  'glass.form-closed-text': 'De aanvraag wacht nog op goedkeuring.',
  'glass.open': 'Het formulier staat hieronder.',
  'glass.starting': '{vm}: start zo met noodstart',
  'glass.refused': '{vm}: noodstart, maar bij de start geweigerd',
  'glass.to-review': '{vm}: gestart met noodstart, niet beoordeeld',
  'glass.closed': '{vm}: gestart met noodstart, beoordeeld',
  'glass.why-started':
    '{who} heeft dit gevraagd. Het is zonder de goedkeuringen gestart{reviewed, select, yes { en daarna beoordeeld} other {; een goedkeurder moet dat beoordelen}}.',
  'glass.line-review':
    'De aanvrager en wie de noodstart deed, kunnen dit niet zelf beoordelen. Goedkeurders krijgen elke dag een herinnering.',
  'glass.broken': 'Noodstart door {name}, {at}',
  'glass.reviewed': 'Beoordeeld door {name}, {at}',
  'glass.note-label': 'Opmerking',
  'glass.review': 'Beoordeling afsluiten',
  'glass.on-card':
    '{name} startte dit met een noodstart. {reviewed, select, yes {Beoordeeld door {by}.} other {Nog niet beoordeeld.}} Reden: {reason}',
  'glass.by': 'noodstart door {name}',
  'glass.told':
    '{name} deed een noodstart: {vm} start zonder goedkeuring ({approved} van {needed}). Reden: {reason} Een goedkeurder moet dit op de kaart beoordelen.',
  'glass.remind':
    '{vm} is met een noodstart gestart door {name}, {at}, en is nog niet beoordeeld. Typ "backup approvals" om dat te doen.',
  'glass.row': 'noodstart door {name}, {at} · te beoordelen',
  'requests.title-reviews':
    'Voor jou: {approvals, plural, =0 {} other {# goed te keuren, }}{reviews, plural, one {# noodstart} other {# noodstarts}} te beoordelen',

  'request.asks': '{approvals, plural, one {Eerst moet iemand anders} other {Eerst moeten # anderen}} dit goedkeuren.',
  'request.approved': '{vm}: goedgekeurd, wordt gestart',
  'request.held': '{vm}: goedgekeurd, nog niet gestart',
  'request.objected': '{vm}: goedgekeurd, maar Azure weigert het nu',
  'request.denied': '{vm}: afgewezen',
  'request.denied-by': '{vm}: afgewezen door {who}',
  'request.expired': '{vm}: niet op tijd goedgekeurd',
  'request.unused': '{vm}: goedgekeurd, maar niet op tijd gestart',
  'request.refused': '{vm}: goedgekeurd, maar bij de start geweigerd',
  'request.withdrawn': '{vm}: aanvraag ingetrokken',
  'request.revoked': '{vm}: goedkeuring herroepen',
  'request.revoked-by': '{vm}: goedkeuring herroepen door {who}',
  'request.superseded': '{vm}: aanvraag achterhaald, niets gestart',
  'request.started': '{vm}: goedgekeurd en gestart',
  'request.unreadable': 'Kluis is bijgewerkt en kan deze aanvraag niet lezen',
  'request.why': 'Er is nog niets gestart.',
  'request.why-quiet': 'Ter informatie; anderen beslissen.',
  'request.why-approved': '{who} heeft dit gevraagd.',
  'request.why-closed':
    '{who} heeft dit gevraagd. {started, select, yes {Het is goedgekeurd en gestart.} other {Er is niets gewijzigd.}}',
  'request.why-superseded':
    '{who} heeft dit gevraagd. De situatie is sindsdien veranderd, dus er is niets gestart. Het kan opnieuw worden gevraagd.',
  'request.why-unreadable':
    '{who} vroeg dit aan, en een andere versie van Kluis sloeg het op. {open, select, yes {Wijs het af of trek het in, en vraag het opnieuw.} other {Er is niets gewijzigd; vraag het opnieuw.}}',
  'request.line': 'Eén afwijzing sluit de aanvraag.',
  'request.approvals': 'Akkoord',
  'request.stands': '{approved} van {needed} · tot {until}',
  'request.why-fact': 'Reden',
  'request.why-for': 'Niet verplicht; goedkeurders zien dit',
  'request.all-steps': '{count, plural, one {De stap} other {Alle # stappen}}',
  'request.effects': 'Wat het doet',
  'request.changes': 'Veranderd sinds de eerdere aanvraag',
  'request.unreached':
    'Niet persoonlijk gevraagd: {who}. {because, select, refused {Slack weigerde een direct bericht.} other {Een bot kan alleen schrijven naar wie eerder naar de bot schreef.}} Laat het hun weten.',
  'request.told-nobody': 'Niemand heeft hiervan een melding gekregen. Vraag een goedkeurder dit te typen: {command}',
  'request.ring': '{title}. Beslis op de kaart.',
  'request.changes-count':
    '{count, plural, one {Eén verschil} other {# verschillen}} met de eerdere aanvraag, bij de details.',
  'request.asked-by': 'Aanvrager',
  'request.deciders': 'Goedkeurders: {who}.',
  'request.deciders-each': 'Nodig is de goedkeuring van {who}.',
  'request.some-of': '{count, plural, one {één van} other {# van}} {who}',
  'request.some-approvers': '{count, plural, one {één goedkeurder} other {# goedkeurders}}',
  'request.deciders-any': 'Iedereen met de rol goedkeurder kan goedkeuren.',
  'request.deciders-nobody':
    'Goedkeuren kan alleen met een ingeschakeld account dat geen gast is, en niemand keurt een eigen aanvraag goed.',
  'request.until-others': 'Niemand anders kan dit nu goedkeuren. Vanaf {at} kunnen de vervangers dat.',
  'request.until-named':
    'Niemand anders kan dit goedkeuren. Laat een beheerder anderen noemen in kluis.yaml, trek dit dan in en vraag het opnieuw.',
  'request.line-begin': 'De aanvrager kan het tot {until} starten. Een afwijzing houdt dit nog tegen.',
  'request.remind':
    '{vm} wacht nog op goedkeuring ({approved} van {needed}). Nog {left}, tot {until}. Beslis op de kaart.',
  'request.line-refused': 'Deze aanvraag is afgesloten. {who} kan het opnieuw vragen zodra dat is veranderd.',
  'request.line-approved': 'Start automatisch, uiterlijk {until}. Een afwijzing houdt dit nog tegen.',
  'request.line-objected':
    'De aanvrager kan het tot {until} opnieuw proberen, met dezelfde goedkeuring. Een afwijzing houdt dit nog tegen.',
  'request.vote-approve': 'Goedgekeurd door {name}, {at}',
  'request.vote-deny': 'Afgewezen door {name}, {at}',
  'request.vote-revoke': 'Herroepen door {name}, {at}',
  'request.reason': 'Reden (bij afwijzen)',
  'request.reason-for': 'Waarom niet?',
  'request.ticket': 'Ticket',
  'request.ticket-required': 'Ticket (verplicht)',
  'request.ticket-missing': 'Vul het ticket in.',
  'request.ticket-optional': 'Ticket (niet verplicht)',
  'request.digest': 'Hash van dit plan (SHA-256)',
  'requests.title-approvals':
    '{count, plural, =0 {Er wacht niets op jouw goedkeuring} one {Eén aanvraag wacht op jouw goedkeuring} other {# aanvragen wachten op jouw goedkeuring}}',
  'requests.title-requests':
    '{count, plural, =0 {Je hebt geen open aanvragen} one {Je hebt één open aanvraag} other {Je hebt # open aanvragen}}',
  'requests.row-approvals': 'aangevraagd door {who} · {approved} van {needed} goedkeuringen · nog {left}, tot {until}',
  'requests.row-requests': '{approved} van {needed} goedkeuringen · nog {left}, tot {until}',
  'requests.show': 'Tonen',
  'requests.show-approvals': 'Wacht op mijn goedkeuring',
  'requests.show-requests': 'Mijn aanvragen',
  'request.a-plan': 'Dit plan',
  'request.and-more': '{first} en nog {more, plural, one {#} other {#}}',
  'request.told':
    '{state, select, denied {{vm}: {who} heeft je aanvraag afgewezen, dus er is niets gewijzigd: {reason}} revoked {{vm}: {who} heeft de goedkeuring herroepen, dus er is niets gewijzigd: {reason}} expired {{vm}: je aanvraag is verlopen. Niemand keurde die op tijd goed, of het kon niet op tijd starten. Er is niets gewijzigd.} approved {{vm}: je aanvraag is goedgekeurd. Er is nog niets gewijzigd: druk op Starten op de kaart.} superseded {{vm}: dit is niet meer zoals toen je het aanvroeg, dus je aanvraag is vervallen. Bekijk de kaart en vraag het opnieuw. Er is niets gewijzigd.} other {{vm}: je aanvraag is gesloten. Er is niets gewijzigd.}}',
  'request.told-objected':
    '{vm}: je aanvraag is goedgekeurd, maar Azure weigert het nu: {text} Er is niets gewijzigd. De goedkeuring geldt tot {until} ook voor een nieuwe poging: druk op Opnieuw proberen op de kaart.',
  'request.told-refused': '{vm}: je aanvraag werd geweigerd toen die zou starten. {text}',
  'request.told-unreadable':
    '{vm}: Kluis is bijgewerkt en kan je aanvraag niet meer lezen. Er is niets gewijzigd; vraag het opnieuw op de kaart.',
  'request.changed': '{vm}: gewijzigd sinds de goedkeuring, dus er is niets gestart.',
  'request.ask-again': 'Bekijk de kaart en vraag het opnieuw.',
  'request.changed-form': 'Kluis is sindsdien bijgewerkt: het plan is hetzelfde, in een andere vorm.',
} as const;
