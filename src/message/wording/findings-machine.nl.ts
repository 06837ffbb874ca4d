/** Findings on the VM, its protection and the encryption of its disks, in Dutch. */
import type { machineFindingsEn } from './findings-machine.en.ts';
import { becauseNl } from './findings-unread.ts';

/** By code. */
export const machineFindingsNl: Record<
  keyof typeof machineFindingsEn,
  { readonly title: string; readonly short?: string; readonly text: string; readonly fix?: string }
> = {
  'vm.found': { title: 'VM gevonden', text: '{vm} in {group}.' },
  'vm.missing': {
    title: 'Geen VM met deze naam',
    text: 'Azure kent geen VM {vm} in {group}. Misschien is de VM verwijderd, hernoemd of naar een andere groep verplaatst.',
  },
  'vm.unreadable': {
    title: 'De VM kon niet worden gelezen',
    text: `{vm} in {group} kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef Kluis zijn leesrol op het abonnement en controleer opnieuw.',
  },
  'deployment.classic': {
    title: 'Klassieke VM',
    text: "{vm} is een klassieke VM. Azure heeft klassieke VM's buiten gebruik gesteld en maakt er geen back-ups meer van.",
    fix: 'Maak de VM opnieuw met Resource Manager en beveilig die.',
  },
  'deployment.resource-manager': {
    title: 'VM van Resource Manager',
    text: 'Gemaakt met Resource Manager, niet klassiek.',
  },

  'protection.none': { title: 'Beveiliging', text: 'Nog geen Recovery Services-kluis beveiligt {vm}.' },
  'protection.protected': {
    title: 'Beveiliging',
    text: 'Recovery Services-kluis {vault} beveiligt {vm} met {policy}.',
  },
  'protection.stopped': {
    title: 'Beveiliging gestopt',
    text: 'De beveiliging in Recovery Services-kluis {vault} is gestopt. {points, plural, =0 {Er zijn geen herstelpunten, en er komen geen nieuwe bij.} =-1 {Eventuele herstelpunten blijven bewaard, en er komen geen nieuwe bij.} other {De herstelpunten blijven bewaard, maar er komen geen nieuwe bij.}}',
    fix: 'Hervat de beveiliging, met het oude of een ander beleid. Opnieuw beveiligen is niet nodig.',
  },
  'protection.soft-deleted': {
    title: 'Back-ups voorlopig verwijderd',
    text: 'De back-ups van {vm} in Recovery Services-kluis {vault} zijn verwijderd. {days, plural, =-1 {Ze zijn nog terug te halen} =0 {Ze zijn nog geen dag meer terug te halen} one {Ze zijn nog # dag terug te halen} other {Ze zijn nog # dagen terug te halen}}; tot dan neemt {vault} de VM niet aan.',
    fix: 'Haal ze terug in {vault} en hervat daarna de beveiliging. Of beveilig de VM in een andere Recovery Services-kluis: de oude punten blijven in {vault} tot ze weg zijn.',
  },
  'protection.elsewhere': {
    title: 'Ergens anders beveiligd',
    text: '{vm} is al beveiligd, in een Recovery Services-kluis die Kluis niet kan lezen: {vaultId}. Een VM kan maar in één Recovery Services-kluis tegelijk beveiligd zijn.',
    fix: 'Vraag het de eigenaren van die Recovery Services-kluis.',
  },
  'protection.protecting': {
    title: 'Beveiliging wordt ingeschakeld',
    text: 'Iemand schakelt op dit moment de beveiliging van {vm} in. Wacht tot dat klaar is en controleer dan opnieuw.',
  },
  'protection.other-vm': {
    title: 'De back-ups zijn van een eerdere VM',
    text: 'De back-ups in Recovery Services-kluis {vault} horen bij een eerdere VM met deze naam, of bij deze VM in de vorige groep. Ze blijven bewaard. "Nu back-up maken" gaat verder onder het oude back-upitem; de volgende back-up is de eerste van deze VM.',
    fix: 'Maak nu een back-up. Is de VM hierheen verplaatst uit een andere groep, stop dan de oude beveiliging en beveilig hem opnieuw. De oude herstelpunten zijn nog te herstellen.',
  },
  'protection.unclear': {
    title: 'Beveiliging onduidelijk',
    text: 'Azure zegt niet duidelijk of {vm} al beveiligd is. Is dat zo, dan weigert Azure het inschakelen en verandert er niets.',
  },
  'protection.unreadable': {
    title: 'Beveiliging kon niet worden gelezen',
    text: `Of {vm} al beveiligd is, kon niet worden gelezen: ${becauseNl}.`,
    fix: 'Geef Kluis zijn leesrol op het abonnement: Azure geeft dit antwoord alleen op abonnementsniveau.',
  },

  'attempts.left': {
    title: 'Resterende pogingen vandaag',
    text: '{count, plural, =0 {Vandaag is nog geen back-up op aanvraag gestart} one {Vandaag is # back-up op aanvraag gestart} other {Vandaag zijn # back-ups op aanvraag gestart}}; Azure staat er {limit, number} per dag toe (UTC).',
  },
  'attempts.many': {
    title: 'Veel pogingen vandaag',
    text: 'Vandaag zijn {count, number} back-ups op aanvraag gestart. Azure raadt er drie per dag aan en weigert na {limit, number}.',
  },
  'attempts.used-up': {
    title: 'Geen poging meer over vandaag',
    text: 'Alle {limit, number} back-ups op aanvraag van deze dag zijn gebruikt. De volgende kan vanaf {opensAt}. Geplande back-ups gaan gewoon door.',
  },
  'attempts.running': {
    title: 'Er loopt een taak',
    text: '{operation, select, Backup {Het is een back-up. Een back-up die nu wordt aangevraagd, sluit daarbij aan.} Restore {Het is een herstel.} ConfigureBackup {De beveiliging wordt ingeschakeld.} other {Het is geen back-up.}}',
  },
  'attempts.unreadable': {
    title: 'Taken konden niet worden gelezen',
    text: `Wat er nu loopt en hoeveel pogingen er vandaag over zijn, kon niet worden gelezen: ${becauseNl}.`,
  },

  'encryption.ade-kek': {
    title: 'Versleuteling',
    text: '{count, number} van {total, number} versleuteld binnen de VM (Azure Disk Encryption), met een KEK; gelezen uit {source, select, disk {de schijven} model {het model van de VM} view {de instantieweergave} other {Azure}}.',
  },
  'encryption.ade-bek': {
    title: 'Versleuteling',
    text: '{count, number} van {total, number} versleuteld binnen de VM (Azure Disk Encryption), {count, plural, one {zonder KEK} other {minstens één zonder KEK}}; gelezen uit {source, select, disk {de schijven} model {het model van de VM} view {de instantieweergave} other {Azure}}.',
  },
  'encryption.host': {
    title: 'Versleuteling',
    text: 'Versleuteling op de host, geen Azure Disk Encryption. Azure Backup heeft geen toegang tot een sleutelkluis nodig.',
  },
  'encryption.cmk': {
    title: 'Versleuteling',
    text: 'Door de klant beheerde sleutels in de opslag, geen Azure Disk Encryption. Azure Backup heeft geen toegang tot een sleutelkluis nodig.',
  },
  'encryption.platform': {
    title: 'Versleuteling',
    text: 'Door het platform beheerde sleutels, geen Azure Disk Encryption. Azure Backup heeft geen toegang tot een sleutelkluis nodig.',
  },
  'encryption.contradicts': {
    title: 'Versleuteling van schijf {disk} tegenstrijdig',
    short: 'tegenstrijdige versleuteling',
    text: 'Schijf {disk} zelf zegt {onDisk, select, encrypted {versleuteld} other {niet versleuteld}}, de instantieweergave zegt {inView}. Wat ervan klopt, is niet bekend.',
    fix: 'Wacht een paar minuten en controleer opnieuw; zet na een herstel de ADE-extensie opnieuw op de VM.',
  },
  'encryption.entra-app': {
    title: 'Versleuteld met een Entra-applicatie',
    text: 'Azure Disk Encryption is ingeschakeld met een Entra-applicatie (de oudere manier). De back-up werkt. Na een herstel moet iemand de extensie voor versleuteling opnieuw op de VM zetten, met de ID en het geheim van die applicatie: Kluis heeft dat geheim niet.',
    fix: 'Bewaar de ID en een geldig geheim van de applicatie waar je ze ook ’s nachts vindt, of stap voor deze VM over op versleuteling op de host.',
  },
  'encryption.extension-alone': {
    title: 'ADE-extensie zonder instellingen',
    text: 'De extensie van Azure Disk Encryption staat op de VM, maar geen enkele schijf heeft de instellingen ervan. Dat komt voor na een herstel en na een mislukte versleuteling.',
    fix: 'Kijk in de VM of de schijven versleuteld zijn. Zo ja, zet de ADE-extensie opnieuw op de VM.',
  },
  'encryption.no-settings': {
    title: 'Versleuteling van schijf {disk} onduidelijk',
    text: 'Schijf {disk} is gemarkeerd als versleuteld, maar zegt niet met welke sleutels.',
  },
  'encryption.no-key-vault': {
    title: 'Sleutelkluis van schijf {disk} onbekend',
    text: 'Schijf {disk} noemt wel een sleutel, maar niet de sleutelkluis. De toegang kan dus niet worden gecontroleerd.',
  },
  'encryption.unclear': { title: 'Versleuteling onduidelijk', text: 'Azure toont geen schijf van deze VM.' },
  'encryption.unreadable': {
    title: 'Schijf {disk} kon niet worden gelezen',
    text: `Hoe schijf {disk} versleuteld is, kon niet worden gelezen: ${becauseNl}.`,
  },
  'encrypting.done': { title: 'Versleuteling klaar', text: 'Alle volumes zijn versleuteld.' },
  'encrypting.some': {
    title: 'Niet alle volumes zijn versleuteld',
    text: 'Niet met Azure Disk Encryption: {disks}. Azure Backup ondersteunt beide.',
  },
  'encrypting.in-progress': {
    title: 'Versleuteling is nog bezig',
    text: 'De schijven worden op dit moment versleuteld of ontsleuteld. Een back-up die nu wordt gemaakt, is misschien lastig te herstellen.',
  },
  'encrypting.restart': {
    title: 'Versleuteling wacht op een herstart',
    text: 'De versleuteling is klaar en wacht op een herstart van de VM. Tot dan is een back-up misschien lastig te herstellen.',
    fix: 'Herstart de VM wanneer dat uitkomt en controleer dan opnieuw.',
  },

  'kek.present': {
    title: 'BEK versleuteld met een KEK',
    text: 'Elke schijfsleutel (BEK) is versleuteld met een tweede sleutel (KEK).',
  },
  'kek.not-asked': {
    title: 'Alleen BEK',
    text: 'De schijfsleutel (BEK) is niet versleuteld met een tweede sleutel (KEK). Geen regel vraagt daar hier om, en Azure staat het toe.',
  },
  'kek.excepted': {
    title: 'Geen KEK, bij uitzondering',
    text: 'Toegestaan zonder KEK tot {until}, door {by}. De schijfsleutel (BEK) is niet versleuteld met een tweede sleutel (KEK), waar jullie regel encryption.requireKek om vraagt.',
  },
  'kek.excepted-earlier-vm': {
    title: 'De uitzondering is voor een eerdere VM',
    text: 'De uitzondering tot {until}, toegestaan door {by}, is voor een eerdere VM met deze naam. Voor deze VM geldt die niet.',
  },
  'kek.rule-warns': {
    title: 'Geen KEK',
    text: 'De sleutel die de schijven ontgrendelt (BEK, BitLocker-sleutel) staat in sleutelkluis {keyVaults}, niet versleuteld met een tweede sleutel (KEK). Jullie regel encryption.requireKek vraagt om beide, maar waarschuwt alleen.',
  },
  'kek.protected-already': {
    title: 'Geen KEK, maar al beveiligd',
    text: 'De sleutel die de schijven ontgrendelt (BEK) is niet versleuteld met een tweede sleutel (KEK). Jullie regel vraagt om beide; omdat de VM al beveiligd is, gaan de back-ups door.',
  },
  'kek.rule-refuses': {
    title: 'Geen KEK: geblokkeerd door jullie regel',
    text: 'De sleutel die de schijven ontgrendelt (BEK, BitLocker-sleutel) staat in sleutelkluis {keyVaults}, niet versleuteld met een tweede sleutel (KEK). Jullie regel encryption.requireKek vraagt om beide.',
    fix: '1. Bij uitzondering toch een back-up maken (iemand anders keurt het goed). 2. De regel wijzigen (een beheerder). 3. Een KEK toevoegen (de eigenaar van de VM; reken op een herstart). Niet eerst ontsleutelen: de schijven zijn dan tijdelijk onbeschermd, en bij een Linux-systeemschijf kan het niet.',
  },
  'confidential.preview': {
    title: 'Vertrouwelijke VM: preview',
    text: 'Dit is een vertrouwelijke VM (confidential VM). Azure Backup ondersteunt die in {region} als preview; of dat ook voor deze geldt, hangt af van de registratie voor de preview, de grootte en de sleutels.',
    fix: 'Registreer het abonnement voor de preview en controleer dan opnieuw: az feature register --namespace Microsoft.Compute --name RestorePointSupportForConfidentialVMV2',
  },
  'confidential.vm': {
    title: 'Vertrouwelijke VM',
    text: "Dit is een vertrouwelijke VM (confidential VM). Azure Backup ondersteunt die alleen als preview in een paar regio's, en {region} hoort daar niet bij.",
  },
  'end-of-ade.date': {
    title: 'Azure Disk Encryption stopt',
    text: "Azure Disk Encryption stopt op 15 september 2028. Back-ups van zulke VM's zijn vanaf dan geblokkeerd; versleuteling op de host is de opvolger.",
  },

  'power.running': { title: 'VM staat aan', text: 'De VM staat aan.' },
  'power.off': {
    title: 'De VM staat uit',
    text: 'De VM is gestopt{state, select, deallocated { (toewijzing ongedaan gemaakt)} stopping {, of wordt dat net} deallocating {, of wordt dat net} other {}}. Een back-up is dan alleen crashconsistent, als na een stroomstoring, en of de agent werkt, is niet te zien. Voor de allereerste back-up moet de VM mogelijk aanstaan.',
    fix: 'Start de VM voor de eerste back-up: az vm start --resource-group {group} --name {vm}',
  },
  'power.updating': {
    title: 'Azure wijzigt de VM',
    text: 'Azure wijzigt de VM op dit moment ({provisioning}). Wacht tot dat klaar is en controleer dan opnieuw.',
  },
  'power.failed': {
    title: 'De laatste wijziging van de VM is mislukt',
    text: 'De inrichtingsstatus van de VM is Failed. In die toestand weigert Azure Backup een VM.',
    fix: 'Pas de laatste toestand opnieuw toe: az vm reapply --resource-group {group} --name {vm}',
  },
  'power.unclear': {
    title: 'Aan of uit is onduidelijk',
    text: 'Kluis kan niet zien of de VM aanstaat; Azure zegt "{state}".',
  },
  'agent.ready': { title: 'VM-agent gereed', text: 'De VM-agent reageert.' },
  'agent.not-needed': {
    title: 'VM-agent niet nodig',
    text: 'De VM-agent reageert niet. Dat hoeft ook niet: het beleid maakt alleen crashconsistente momentopnamen, van buiten de VM.',
  },
  'agent.not-needed-unclear': {
    title: 'Zonder VM-agent: onduidelijk',
    text: 'De VM-agent reageert niet. Het beleid maakt alleen crashconsistente momentopnamen, en die vragen geen agent; Kluis kan niet zien of Azure ze van deze VM maakt (Azure Disk Encryption, of een schijf of grootte die niet kon worden gelezen).',
    fix: 'Probeer het: als Azure weigert, verandert er niets. Of herstel de agent: az vm restart --resource-group {group} --name {vm}',
  },
  'agent.not-ready': {
    title: 'VM-agent niet gereed',
    text: 'De VM staat aan, maar de agent reageert niet. Azure Backup maakt de momentopname via de agent.',
    fix: '1. Van buitenaf: herstart de VM: az vm restart --resource-group {group} --name {vm} {os, select, Windows {2. Of in de VM: Restart-Service RdAgent, WindowsAzureGuestAgent.} Linux {2. Of in de VM: sudo systemctl restart walinuxagent (of waagent).} other {2. Of herstart de service van de agent in de VM.}} 3. Of installeer de agent opnieuw{os, select, Windows { (MSI, als beheerder)} Linux { met het pakket van de distributie} other {}}.{agentless, select, yes { 4. Of zonder de agent: een Enhanced-beleid met als consistentietype "Only crash-consistent snapshot" (Recovery Services-kluis, Back-upbeleid).} other {}}',
  },
  'agent.off': { title: 'VM-agent niet te zien', text: 'Zolang de VM uitstaat, kan niemand zien of de agent werkt.' },
  'agent.unclear': { title: 'VM-agent onduidelijk', text: 'Azure zegt niet of de VM-agent werkt.' },
  'extensions.allowed': { title: 'Extensies toegestaan', text: 'Azure Backup kan zijn extensie op de VM installeren.' },
  'extensions.forbidden': {
    title: 'Extensies uitgeschakeld',
    text: 'Extensies zijn uitgeschakeld op deze VM. Azure Backup werkt met een eigen extensie.',
    fix: '1. Schakel ze in: az vm update --resource-group {group} --name {vm} --set osProfile.allowExtensionOperations=true{agentless, select, yes { 2. Of zonder extensies: een Enhanced-beleid met als consistentietype "Only crash-consistent snapshot" (Recovery Services-kluis, Back-upbeleid).} other {}}',
  },
  'extensions.not-needed': {
    title: 'Extensies niet nodig',
    text: 'Extensies zijn uitgeschakeld op deze VM. Ze zijn ook niet nodig: het beleid maakt alleen crashconsistente momentopnamen, van buiten de VM.',
  },
  'extensions.not-needed-unclear': {
    title: 'Zonder extensies: onduidelijk',
    text: 'Extensies zijn uitgeschakeld op deze VM. Het beleid maakt alleen crashconsistente momentopnamen, en die vragen er geen; Kluis kan niet zien of Azure ze van deze VM maakt (Azure Disk Encryption, of een schijf of grootte die niet kon worden gelezen).',
    fix: 'Probeer het: als Azure weigert, verandert er niets. Of schakel extensies in: az vm update --resource-group {group} --name {vm} --set osProfile.allowExtensionOperations=true',
  },
  'extensions.failed': {
    title: 'Back-upextensie mislukte de vorige keer',
    text: 'De extensie van Azure Backup eindigde de vorige keer met een fout ({extensions}). De volgende back-up probeert het opnieuw; mislukt die ook, verwijder dan de extensie. Azure installeert die zelf opnieuw.',
  },
};
