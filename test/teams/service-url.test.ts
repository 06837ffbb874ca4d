import { describe, expect, test } from '@jest/globals';
import { isTrustedServiceUrl } from '../../src/teams/service-url.ts';

describe('where the bot sends to', () => {
  test.each([
    'https://smba.trafficmanager.net/emea/7e57ab1e-0000-4000-8000-00000000a001/',
    'https://SMBA.trafficmanager.net/teams/',
    'https://smba.infra.gcc.teams.microsoft.com/teams',
  ])('%s is Teams', (url) => expect(isTrustedServiceUrl(url, { allowLoopback: false })).toBe(true));

  test.each([
    'http://smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net:8443/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:secret@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net/?x=',
    'https://smba.trafficmanager.net/#x',
    'https://eviteams.microsoft.com.evil.example/',
    'https://notteams.microsoft.com/',
    'https://smba.infra.gov.teams.microsoft.us/teams',
    'https://169.254.169.254/',
    'file:///etc/passwd',
    'smba.trafficmanager.net',
    '',
  ])('%s is not', (url) => expect(isTrustedServiceUrl(url, { allowLoopback: true })).toBe(false));

  test.each(['http://127.0.0.1:56150/_connector', 'http://localhost:4000', 'http://[::1]:80/x'])(
    '%s is, where loopback is allowed',
    (url) => {
      expect(isTrustedServiceUrl(url, { allowLoopback: true })).toBe(true);
      expect(isTrustedServiceUrl(url, { allowLoopback: false })).toBe(false);
    },
  );
});
