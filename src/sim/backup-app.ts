/** The application "Backup Management Service": its ID is the same in every tenant, its object ID is this tenant's. */
export const BACKUP_APP_ID = '262044b1-e2ce-469f-a196-69ab7ada62d3';
export const BACKUP_OBJECT_ID = '00000000-0000-0000-0000-0000000bac09';
