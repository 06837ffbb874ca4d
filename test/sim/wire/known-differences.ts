/** Fields of specification examples that real Azure was seen not to send. */
const NOT_IN_REAL_AZURE: Record<string, string[]> = {
  'backup-status-post-spec': ['body.errorCode: missing', 'body.errorMessage: missing'],
};

/** Fields that newer services send and that nobody here reads. */
const OPTIONAL = /\.(?:sourceSideScanning|hsmPoolResourceId|enabledForTemplateDeployment): missing/;

/** Azure omits what succeeded, or sends it as null: both mean the same. */
const NO_ERROR = /\.error\w*: missing \(null in Azure\)$/;

/** Which differences fail a replay, and which are only reported. */
export function judged(file: string, differences: readonly string[]): { failing: string[]; reported: string[] } {
  const known = NOT_IN_REAL_AZURE[file.split('/').pop() ?? ''] ?? [];
  const left = differences.filter((difference) => !known.includes(difference));
  const harmless = (difference: string): boolean => OPTIONAL.test(difference) || NO_ERROR.test(difference);
  return {
    failing: left.filter((difference) => !harmless(difference)),
    reported: left.filter(harmless).map((difference) => `${file}: ${difference}`),
  };
}
