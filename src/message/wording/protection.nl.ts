/** Stopping, resuming and bringing back the backups of a VM, in Dutch. */
export const protectionNl = {
  'backups.on': 'De back-ups van {vm} zijn actief',
  'backups.stopped': 'Back-ups van {vm} gestopt; bestaande blijven',
  'backups.stopped-none': 'Back-ups van {vm} gestopt; er zijn er nog geen',
  'backups.stopped-unread': 'Back-ups van {vm} gestopt',
  'backups.deleted': 'Haal verwijderde back-ups van {vm} eerst terug',
  'backups.none': 'Geen back-ups van {asked} gevonden',
  'backups.none-read': 'Geen back-ups van {asked} gevonden in wat gelezen kon worden.',
  'backups.several': "{count, number} VM's komen overeen met {asked}. Welke?",

  'stop-protection.title': 'De back-ups van {vm} stoppen?',
  'stop-protection.why': 'Er komen geen herstelpunten meer bij. De bestaande blijven bewaard en zijn te herstellen.',
  'stop-protection.why-none': 'Er komen geen herstelpunten, en tot nu toe is er geen dat te herstellen is.',
  'stop-protection.note':
    'De bestaande herstelpunten worden in rekening gebracht tot iemand ze verwijdert: de bewaartermijn van het beleid geldt niet meer.',
  'resume-protection.title': 'De back-ups van {vm} hervatten?',
  'resume-protection.why': 'Er worden weer back-ups gemaakt volgens dit beleid.',
  'resume-protection.note':
    'De bewaartermijn ervan geldt dan ook voor de bewaarde herstelpunten: oudere worden verwijderd.',
  'resume-protection.not-possible': 'Back-ups van {vm} kunnen niet worden hervat',
  'resume-protection.no-policy': 'Geen beleid van de Recovery Services-kluis past bij deze VM.',
  'undelete.title': 'De verwijderde back-ups van {vm} terughalen?',
  'undelete.why': 'Anders zijn ze over {left} definitief weg. Na het terughalen zijn ze weer te herstellen.',
  'undelete.stays':
    'De back-ups van {vm} zijn teruggehaald en blijven gestopt: er komen geen nieuwe bij tot je ze hervat.',
  'undelete.note': 'Er worden geen nieuwe back-ups gemaakt tot je ze hervat.',

  'guard.guarded':
    'Een Resource Guard beschermt {vault}: dit lukt alleen zolang Kluis op die Resource Guard de rol Backup MUA Operator heeft.',
  'guard.unread':
    '{vault} heeft een Resource Guard die niet gelezen kon worden. Azure kan weigeren tot de eigenaar dit toestaat.',
  'guard.owners': 'Vraag {who} om die rol op {guard}.',
  'guard.resume-unknown':
    'Een Resource Guard beschermt {vault} tegen zwakkere bescherming. Azure zegt niet of back-ups hervatten daarbij hoort: het kan weigeren.',

  'button.stop-protection': 'Back-ups stoppen',
  'button.resume-protection': 'Back-ups hervatten',
  'button.stop': 'Back-ups stoppen…',
  'button.resume': 'Back-ups hervatten…',
  'button.undelete': 'Back-ups terughalen…',
  'button.undelete-now': 'Back-ups terughalen',
  'button.see-vm': 'Deze VM controleren',

  'plan.stop-protection': 'Geen back-ups van {vm} in {vault} meer maken; eventuele herstelpunten blijven',
  'plan.resume-protection': 'Weer back-ups van {vm} in {vault} maken, met beleid {policy}',
  'plan.undelete': 'De verwijderde back-ups van {vm} in {vault} terughalen; ze blijven gestopt',
  'phase.stop-protection': 'Back-ups gestopt',
  'phase.stop-protection-now': 'Back-ups stoppen',
  'phase.resume-protection': 'Back-ups hervat',
  'phase.resume-protection-now': 'Back-ups hervatten',
  'phase.undelete': 'Back-ups teruggehaald',
  'phase.undelete-now': 'Back-ups terughalen',
  'progress.now-stop-protection': 'De back-ups van {vm} worden gestopt',
  'progress.now-resume-protection': 'De back-ups van {vm} worden hervat',
  'progress.now-undelete': 'De back-ups van {vm} worden teruggehaald',
  'closing.stop-protection': 'Back-ups van {vm} gestopt',
  'closing.resume-protection': 'Back-ups van {vm} lopen weer',
  'closing.undelete': 'Back-ups van {vm} teruggehaald; nog gestopt',
  'failed.stop-protection': 'Back-ups van {vm} zijn NIET gestopt: {cause}',
  'failed.resume-protection': 'Back-ups van {vm} zijn NIET hervat: {cause}',
  'failed.undelete': 'Back-ups van {vm} zijn NIET teruggehaald: {cause}',
  'ping.stop-protection': 'de back-ups van {vm} zijn gestopt',
  'ping.resume-protection': 'de back-ups van {vm} lopen weer',
  'ping.undelete': 'de back-ups van {vm} zijn teruggehaald',
  'may.stop-protection': 'back-ups stoppen',
  'may.resume-protection': 'back-ups hervatten',
  'may.undelete': 'back-ups terughalen',
} as const;
