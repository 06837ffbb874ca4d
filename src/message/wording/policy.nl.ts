import type { policyEn } from './policy.en.ts';

/** Making and changing a backup policy, in Dutch. */
export const policyNl: Record<keyof typeof policyEn, string> = {
  'button.create-policy': 'Dit beleid maken',
  'button.change-policy': 'Dit beleid wijzigen',
  'button.policy-new': 'Nieuw beleid maken',
  'button.policy-change': 'Een beleid wijzigen',
  'button.policy-edit': 'Terug naar het formulier',
  'button.policy-shorten': 'Ja, back-ups korter bewaren',
  'may.policy': 'beleid maken of wijzigen',

  'policy-ask.mode': 'Een nieuw beleid maken, of er een wijzigen?',
  'policy-ask.mode-unknown':
    'Kluis begrijpt {given} niet. Schrijf backup policy new, of backup policy change en de naam.',
  'policy-ask.vault': 'Voor welke Recovery Services-kluis is het nieuwe beleid?',
  'policy-ask.no-such-vault': 'Er is geen Recovery Services-kluis met de naam {name}. Welke bedoel je?',
  'policy-ask.no-vault': 'Er is geen Recovery Services-kluis om een beleid in te maken',
  'policy-ask.policy': 'Welk beleid wil je wijzigen?',
  'policy-ask.several': 'Er zijn {count, number} beleidsregels met de naam {name}. Welke bedoel je?',
  'policy-ask.no-such-policy': 'Er is geen beleid met de naam {name}. Welk bedoel je?',
  'policy-ask.no-policy': "Er is geen beleid voor VM's om te wijzigen",
  'policy-ask.more':
    '{count, plural, one {# beleid staat} other {# beleidsregels staan}} niet in de lijst: schrijf backup policy change en de naam.',
  'policy-ask.policy-required': 'Kies een van de beleidsregels.',
  'policy-ask.looking': 'Beleid wordt gelezen…',

  'policy-form.new': 'Een nieuw beleid in {vault}',
  'policy-form.change': 'Beleid {policy} in {vault} wijzigen',
  'policy-form.wrong': 'Pas {count, plural, one {# veld} other {# velden}} aan om verder te gaan',
  'policy-form.stopped': 'Kan niet met deze instellingen',
  'policy-form.kept-typed': 'Wat je typte, staat er nog. Er is nog niets gewijzigd.',
  'policy-form.kind-fixed':
    'Het beleidstype is {kind}; Azure kan dat niet wijzigen. Maak voor het andere type een nieuw beleid.',

  'policy-kind.standard': "Standard: eens per dag of week, voor de meeste VM's",
  'policy-kind.enhanced': 'Enhanced: tot elke 4 uur, voor bijzondere schijven',
  'policy-kind.standard-fits':
    "Standard past bij de meeste VM's: één keer per dag of week, en momentopnamen voor snel herstel blijven hooguit 5 dagen bewaard.",
  'policy-kind.enhanced-fits':
    'Enhanced maakt tot elke 4 uur een back-up en bewaart momentopnamen tot 30 dagen, in meerdere zones. Ultra- en Premium SSD v2-schijven hebben het nodig, en het kan schijven weglaten (van gedeelde schijven wordt nooit een back-up gemaakt). Het kost meer, en een VM kan er niet van terug naar Standard.',

  'policy-field.name': 'Naam',
  'policy-field.kind': 'Beleidstype',
  'policy-field.often': 'Hoe vaak',
  'policy-field.days': 'Dagen',
  'policy-field.time': 'Tijd',
  'policy-field.window': 'Back-upvenster',
  'policy-field.zone': 'Tijdzone',
  'policy-field.daily': 'Dagelijkse back-ups bewaren (dagen)',
  'policy-field.weekly': 'Wekelijkse back-ups bewaren (weken)',
  'policy-field.monthly': 'Maandelijkse back-ups bewaren (maanden)',
  'policy-field.yearly': 'Jaarlijkse back-ups bewaren (jaren)',
  'policy-field.snapshots': 'Momentopnamen bewaren (dagen)',
  'policy-hint.name': 'bijvoorbeeld zilver-30d',
  'policy-hint.days': 'bijvoorbeeld zondag, woensdag',
  'policy-hint.none': 'leeg = niet bewaren',
  'policy-hint.snapshots': 'leeg = standaard van Azure',
  'policy-often.daily': 'Elke dag',
  'policy-often.weekly': 'Elke week',
  'policy-often.hourly': 'Elke {hours, number} uur (alleen Enhanced)',
  'policy-window.hours': '{hours, number} uur',

  'weekday.monday': 'maandag',
  'weekday.tuesday': 'dinsdag',
  'weekday.wednesday': 'woensdag',
  'weekday.thursday': 'donderdag',
  'weekday.friday': 'vrijdag',
  'weekday.saturday': 'zaterdag',
  'weekday.sunday': 'zondag',

  'policy-wrong.missing': 'Verplicht veld.',
  'policy-wrong.name': 'Gebruik 3 tot 150 letters, cijfers en streepjes, met een letter vooraan.',
  'policy-form.for-vm': 'Voor {vm}: daarna staat het gekozen op de kaart van {vm}.',
  'policy-wrong.vm-needs-enhanced': 'Deze VM heeft Enhanced nodig.',
  'policy-wrong.kind': 'Kies Standard of Enhanced.',
  'policy-wrong.often': 'Kies hoe vaak er een back-up wordt gemaakt.',
  'policy-wrong.hourly-standard': 'Alleen Enhanced kan vaker per dag. Kies Enhanced, of elke dag.',
  'policy-wrong.time': 'Azure begint alleen op het hele of halve uur, zoals 01:00 of 13:30.',
  'policy-wrong.zone': 'Kluis kent deze tijdzone niet. Kies er een uit de lijst.',
  'policy-wrong.days-missing': 'Noem minstens één dag, zoals zondag.',
  'policy-wrong.day': '"{given}" is geen dag van de week.',
  'policy-wrong.window': 'Kies een veelvoud van de uren tussen twee back-ups.',
  'policy-wrong.snapshots-daily': 'Momentopnamen kunnen niet langer worden bewaard dan de dagelijkse back-ups.',
  'policy-wrong.range': 'Kies {min} tot {max}.',

  'policy-stop.taken':
    '{vault} heeft al een beleid {policy}. Kies een andere naam, of schrijf backup policy change {policy}.',
  'policy-stop.full':
    '{vault} heeft {count, number} keer een beleid, het maximum in Azure. Wijzig er een, of gebruik een andere Recovery Services-kluis.',
  'policy-stop.vault-gone': 'De Recovery Services-kluis {vault} bestaat niet meer.',
  'policy-stop.policy-gone': 'Het beleid {policy} bestaat niet meer.',
  'policy-stop.same': 'Het beleid heeft deze instellingen al.',
  'policy-stop.guarded':
    'Dit zou back-ups korter bewaren ({lines}). {vault} is beschermd door Resource Guard, dus Azure weigert dit zonder een tweede persoon. Vraag de eigenaar van de Resource Guard het in de Azure-portal te doen, of bewaar deze minstens zo lang als nu.',
  'policy-stop.immutable':
    'Dit zou back-ups korter bewaren ({lines}). {vault} is onveranderbaar, dus Azure staat dat niet toe. Bewaar deze minstens zo lang als nu.',

  'policy-line.kind': 'Beleidstype',
  'policy-line.often': 'Hoe vaak',
  'policy-line.zone': 'Tijdzone',
  'policy-line.daily': 'Dagelijkse back-ups',
  'policy-line.weekly': 'Wekelijkse back-ups',
  'policy-line.monthly': 'Maandelijkse back-ups',
  'policy-line.yearly': 'Jaarlijkse back-ups',
  'policy-line.snapshots': 'Momentopnamen voor snel herstel',
  'policy-value.none': 'niet bewaard',
  'policy-value.zone': '{zone} (in Azure: {windows})',
  'policy-value.of-week': '{kept}, die van {days}',
  'policy-value.of-month': '{kept}, die van de eerste {day} van een maand',
  'policy-value.of-year': '{kept}, die van de eerste {day} van januari',
  'policy-value.change': '{before} → {after}',

  'policy-card.new': 'Beleid {policy} maken in {vault}?',
  'policy-card.change': 'Beleid {policy} in {vault} wijzigen?',
  'policy-card.shorten': 'Back-ups korter bewaren? Dit is niet terug te draaien',
  'policy-card.protects-nothing': 'Nog geen enkele VM gebruikt dit beleid. Er is nog niets gewijzigd.',
  'policy-card.rest-stays': 'De rest blijft hetzelfde. Er is nog niets gewijzigd.',
  'policy-card.used-by':
    "{count, plural, =0 {Geen VM gebruikt het.} one {# beveiligde VM gebruikt het; de wijziging geldt ook daarvoor.} other {# beveiligde VM's gebruiken het; de wijziging geldt voor allemaal.}}",
  'policy-card.guard-unread':
    '{vault} heeft een Resource Guard, en wat die beschermt kon niet worden gelezen: Azure kan dit weigeren.',
  'policy-card.deletes':
    'Korter bewaard dan nu: {lines}. Azure verwijdert oudere herstelpunten, van elke VM die het beleid gebruikt. Ze zijn niet terug te halen.',

  'phase.policy': 'Beleid opgeslagen en bevestigd',
  'plan.create-policy': 'Beleid {policy} maken in {vault}; een bestaand beleid met deze naam wordt nooit vervangen',
  'plan.change-policy': 'Beleid {policy} in {vault} wijzigen, tenzij het is gewijzigd nadat deze kaart was geplaatst',
  'plan.policy-verify': 'Bevestigen en hier melden',
  'progress.now-create-policy': 'Beleid {policy} wordt gemaakt',
  'progress.now-change-policy': 'Beleid {policy} wordt gewijzigd',
  'closing.policy-created': 'Beleid {policy} gemaakt in {vault}',
  'closing.policy-changed': 'Beleid {policy} in {vault} gewijzigd',
  'closing.policy-use': 'Nog geen enkele VM gebruikt dit beleid: schrijf backup en de naam van een VM.',
  'failed.create-policy': 'Beleid {policy} is NIET gemaakt: {cause}',
  'failed.change-policy': 'Beleid {policy} is NIET gewijzigd: {cause}',
  'ping.policy-created': 'beleid {policy} gemaakt',
  'ping.policy-changed': 'beleid {policy} gewijzigd',
  'trouble.policy-name-taken': 'iemand heeft intussen een beleid met deze naam gemaakt, en dat is niet aangepast',
  'trouble.policy-vanished': 'het bestaat niet meer',
  'trouble.policy-changed':
    'iemand anders heeft het gewijzigd nadat de kaart was geplaatst, en er is niets overschreven',
  'trouble.policy-not-shown': 'Azure nam het aan, maar toont het niet',
};
