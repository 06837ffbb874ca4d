import type { drillEn } from './drill.en.ts';

/** Restore drills, in Dutch. */
export const drillNl: Readonly<Record<keyof typeof drillEn, string>> = {
  'drill.sure': 'Hersteltest van {vm}?',
  'drill.what':
    'Het nieuwste herstelpunt wordt hersteld als {vm}, gestart zonder uitgaande toegang, gecontroleerd en {hours, plural, =0 {meteen} one {na # uur} other {na # uur}} verwijderd.',
  'drill.writes-no-key':
    'Er wordt niets naar een sleutelkluis geschreven en de VM van de back-up blijft zoals hij is. Tot dan kan wie de resourcegroep kan lezen, de schijven lezen.',
  'drill.not-possible': 'Geen hersteltest mogelijk voor {vm}',
  'drill.why-no-setup': 'Geen item onder drills in kluis.yaml past erop. Een beheerder kan er een toevoegen:',
  'drill.why-no-identity': 'Er is geen identiteit ingesteld om te herstellen.',
  'drill.why-deleted': 'De back-ups zijn verwijderd. Haal ze eerst terug.',
  'drill.why-no-point':
    'Er is geen herstelpunt dat een hersteltest kan gebruiken, of er kan vandaag niet meer worden hersteld.',
  'drill.why-network-unread':
    'Het subnet voor hersteltests is er niet of is niet te lezen, dus uitgaande toegang is niet uit te sluiten.',
  'drill.why-network-open': 'Het subnet voor hersteltests heeft uitgaande toegang:',
  'drill.why-no-rights':
    'De herstelidentiteit kan niet verwijderen wat een hersteltest maakt. In de resourcegroep voor hersteltests ontbreekt:',
  'drill.why-rights-unread':
    'De machtigingen van de herstelidentiteit in de resourcegroep voor hersteltests zijn niet te lezen.',
  'drill.why-staging': 'Het opslagaccount voor hersteltests is er niet, of Azure Backup kan er niets in klaarzetten.',
  'drill.why-taken': 'Er is nog iets van een eerdere hersteltest: die loopt nog, of is niet opgeruimd.',
  'drill.why-own-group': 'De resourcegroep voor hersteltests is die van de VM zelf.',
  'drill.open-nat-gateway': 'Het heeft NAT-gateway {name}.',
  'drill.open-peering': 'Het virtuele netwerk is via {name} met een ander verbonden (peering).',
  'drill.open-gateway': 'Het virtuele netwerk heeft in {name} een gateway naar andere netwerken.',
  'drill.open-route': 'Route {name} van de routetabel leidt het netwerk uit.',
  'drill.open-service-endpoint': 'Het heeft een service-endpoint voor {name}.',
  'drill.open-rule': 'Regel {name} van de netwerkbeveiligingsgroep laat verkeer naar buiten.',
  'drill.open-no-rule':
    'Geen regel van een netwerkbeveiligingsgroep verbiedt al het verkeer naar Internet, en standaard uitgaande toegang staat niet uit.',
  'drill.closed': '{subnet}, zonder uitgaande toegang',
  'help.drill': 'een herstel uitproberen in een netwerk zonder uitgaande toegang',
  'button.drill-again': 'Opnieuw testen',
  'button.drill': 'Hersteltest starten',
  'plan.drill-network': 'Controleren dat subnet {subnet} geen uitgaande toegang heeft',
  'plan.drill-mark': 'De herstelde schijven taggen als die van deze hersteltest',
  'plan.drill-network-again': 'Nog eens controleren dat subnet {subnet} geen uitgaande toegang heeft',
  'phase.drill-network': 'Subnet {subnet} heeft geen weg naar buiten',
  'phase.drill-mark': 'Schijven gemarkeerd, subnet opnieuw gecontroleerd',
  'progress.now-drill': 'Hersteltest van {vm}: het netwerk wordt gecontroleerd',
  'failed.drill': 'Hersteltest van {vm} gestopt: {cause}',
  'ping.drill': 'de hersteltest van {vm} is geslaagd',
  'may.drill': 'een hersteltest laten doen',
  'plan.delete-drill':
    '{vm}, de netwerkinterface en de schijven {hours, plural, =0 {} one {na # uur } other {na # uur }}verwijderen, wat de controle ook zegt',
  'phase.delete-drill': '{vm} en wat erbij hoort verwijderd',
  'progress.now-delete-drill': '{vm} wordt verwijderd',
  'progress.now-keep-drill': '{vm} blijft nog even staan',
  'closing.drill': 'Hersteltest van {vm}: hersteld, en hij draaide',
  'deleted.all': 'Verwijderd uit {group}: {what}.',
  'deleted.none': 'Er was niets meer te verwijderen in {group}.',
  'deleted.spared':
    'Ongemoeid gelaten, omdat het niet de tag van deze hersteltest heeft: {what}, in {group}. Kijk ernaar: het kan geld kosten.',
  'deleted.stays': 'Nog aanwezig: {what}. Het kost geld totdat iemand het verwijdert.',
  'failed.delete-drill': 'Hersteltest van {vm} liet iets achter: {cause}',
  'may.delete-drill': 'verwijderen wat een hersteltest heeft gemaakt',
  'trouble.network-vanished': 'het subnet bestaat niet meer',
  'trouble.network-open': 'het subnet heeft uitgaande toegang',
  'trouble.disks-not-of-drill': 'het instellingenbestand noemt schijven die deze hersteltest niet heeft gemaakt',
  'trouble.not-of-drill': 'een resource met die naam is niet van deze hersteltest',
  'trouble.drill-not-deleted': 'Azure nam de verwijdering aan, maar het is er nog',
  'trouble.drill-disks-unread': 'de namen van de herstelde schijven waren niet te lezen',
};
