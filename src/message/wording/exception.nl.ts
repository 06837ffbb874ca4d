/** Exceptions to the rule on the KEK, in Dutch. */
export const exceptionNl = {
  'button.ask-exception': 'Uitzondering vragen…',
  'button.exception': 'Toestaan zonder KEK',
  'exception.title': 'Mag {vm} een back-up zonder KEK krijgen?',
  'exception.why':
    'Jullie regel vraagt om een tweede sleutel (KEK) om de schijfsleutels (BEK); deze VM heeft die niet. Een uitzondering geldt alleen voor deze VM en eindigt op de gekozen dag.',
  'exception.reason': 'Waarom dit nodig is',
  'exception.until': 'Tot en met welke dag (JJJJ-MM-DD, hooguit {days} dagen vooruit)',
  'exception.note':
    'Er verandert niets in Azure of op de VM. Zodra het is toegestaan, kan de VM worden beveiligd en een back-up krijgen.',
  'exception.until-fact': 'Tot',
  'exception.holds': '{vm} mag een back-up zonder KEK krijgen',
  'exception.holds-until': 'Toegestaan zonder KEK tot {until}, door {by}.',
  'exception.not-needed': 'Jullie regel houdt {vm} niet tegen',
  'exceptions.heading': 'Toegestaan zonder KEK',
  'exceptions.row': 'tot {until}, door {by}',
  'plan.exception': '{vm} zonder KEK toestaan tot {until}',
  'phase.exception': 'Uitzondering vastgelegd',
  'progress.now-exception': 'Uitzondering voor {vm} vastleggen',
  'closing.exception': '{vm} is toegestaan zonder KEK',
  'failed.exception': 'De uitzondering voor {vm} is NIET vastgelegd: {cause}',
  'ping.exception': '{vm} is toegestaan zonder KEK',
  'may.exception': 'een VM zonder KEK toestaan',
  'help.exception': 'een uitzondering op jullie KEK-regel vragen',
} as const;
