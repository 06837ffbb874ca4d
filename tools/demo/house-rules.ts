const groups = '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups';

/**
 * The `kluis.yaml` of the scenes: everybody can view, Ana and Ben are operators, Ana can write policies and stop
 * backups, Ben can use break-glass, and Chris can act only on the VMs of his own application, which have restore
 * drills.
 */
export const houseRules = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
  - { entra: 00000000-0000-0000-0000-0000000000b1, name: Ben Jansen }
  - { entra: 00000000-0000-0000-0000-0000000000c1, name: Chris Meier }
roles:
  viewer: [everyone]
  operator:
    - user:00000000-0000-0000-0000-0000000000a1
    - user:00000000-0000-0000-0000-0000000000b1
    - { to: 'user:00000000-0000-0000-0000-0000000000c1', vm: 'vm-app-*' }
  approver: ['user:00000000-0000-0000-0000-0000000000a1']
  admin: ['user:00000000-0000-0000-0000-0000000000a1']
breakGlass: { group: 'user:00000000-0000-0000-0000-0000000000b1' }
drills:
  - vm: 'vm-app-*'
    group: ${groups}/rg-drills
    subnet: ${groups}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-drills-weu/subnets/snet-drills
    staging: ${groups}/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu
    name: apps
    every: 30d
    channel: C0NOBODY1
`;
