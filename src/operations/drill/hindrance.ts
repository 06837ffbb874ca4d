/** What blocks a drill; null: nothing. */
export type Hindrance =
  | 'no-setup'
  | 'no-identity'
  | 'deleted'
  | 'no-point'
  | 'not-in-vault'
  | 'network-unread'
  | 'network-open'
  | 'no-rights'
  | 'rights-unread'
  | 'taken'
  | 'staging'
  | 'own-group';
