import type { providerEn } from './provider.en.ts';

/** Registering a resource provider, in Dutch. */
export const providerNl: Record<keyof typeof providerEn, string> = {
  'button.register-provider+grant-key-vault-access+protect+back-up-now': 'Registreren, toegang, back-up',
  'button.register-provider+grant-key-vault-access+back-up-now': 'Registreren, toegang, back-up',
  'button.register-provider+protect+back-up-now': 'Registreren en back-up maken',
  'button.register-provider+back-up-now': 'Registreren en nu back-up maken',
  'button.register-provider': 'Alleen registreren',
  'button.register-provider-first': 'Azure Backup registreren',
  'register.reach':
    'Het abonnement is nog niet geregistreerd voor Azure Backup. Registreren geldt voor het hele abonnement, kost niets en duurt een paar minuten.',
  'register.after': 'De rest gaat automatisch verder zodra Azure klaar is.',
  'plan.register-provider': '{provider} registreren in het abonnement van {vms}, en wachten tot Azure klaar is',
  'phase.register-provider': 'Azure Backup geregistreerd',
  'phase.register-provider-now': 'Azure Backup registreren',
  'progress.now-register-provider': 'Azure Backup wordt geregistreerd',
  'closing.register-provider': 'Azure Backup is geregistreerd',
  'registered.provider': 'Resourceprovider',
  'registered.state': '{provider}: geregistreerd, bevestigd',
  'failed.register-provider': 'Azure Backup NIET geregistreerd: {cause}',
  'failed.kluis-registers': 'Controleer opnieuw: de volgende kaart biedt aan de provider te registreren.',
  'ping.register-provider': 'Azure Backup is geregistreerd',
  'may.register-provider': 'een resourceprovider registreren',
  'link.subscription': 'Abonnement openen',
  'trouble.register-forbidden': 'Kluis mist de machtiging',
  'trouble.subscription-disabled': 'abonnement uitgeschakeld',
  'trouble.still-registering': 'Azure is nog niet klaar',
  'register.guide-forbidden':
    'Wijs de rol {role} op het abonnement toe aan de identiteit waarmee Kluis leest en back-ups maakt, of laat een eigenaar of inzender van het abonnement dit uitvoeren. Controleer daarna opnieuw.',
  'register.guide-disabled':
    'Azure accepteert geen wijzigingen in een uitgeschakeld abonnement. Laat de eigenaar of de factureringsbeheerder het weer inschakelen en controleer daarna opnieuw.',
  'register.guide-slow':
    'Azure heeft het geaccepteerd en is na 30 minuten nog bezig. Controleer later opnieuw; blijft het zo, dien dan een ondersteuningsaanvraag in bij Microsoft.',
} as const;
