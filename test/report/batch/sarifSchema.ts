/** Any property of SARIF objects may hold a property bag. */
const properties = {
  type: 'object',
  properties: { tags: { type: 'array', uniqueItems: true, items: { type: 'string' } } },
};

function object(required: string[], fields: Record<string, object>, more: object = {}): object {
  return {
    type: 'object',
    additionalProperties: false,
    required,
    properties: { ...fields, properties },
    ...more,
  };
}

const list = (items: object) => ({ type: 'array', items });
const text = { type: 'string' };
const index = { type: 'integer', minimum: -1 };
const level = { enum: ['none', 'note', 'warning', 'error'] };

const message = object(
  [],
  { text, markdown: text, id: text, arguments: list(text) },
  { anyOf: [{ required: ['text'] }, { required: ['id'] }] },
);
const multiformat = object(['text'], { text, markdown: text });
const artifactLocation = object([], {
  uri: { type: 'string', format: 'uri-reference' },
  uriBaseId: text,
  index,
  description: message,
});
const location = object([], {
  id: index,
  physicalLocation: object([], { artifactLocation }, { required: ['artifactLocation'] }),
  message,
});
const notification = object(['message'], { message, level, locations: list(location), timeUtc: text });
const rule = object(['id'], {
  id: text,
  name: text,
  shortDescription: multiformat,
  fullDescription: multiformat,
  help: multiformat,
});
const result = object(['message'], {
  ruleId: text,
  ruleIndex: index,
  kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
  level,
  rank: { type: 'number', minimum: -1, maximum: 100 },
  message,
  locations: list(location),
});
const artifact = object([], {
  location: artifactLocation,
  roles: {
    type: 'array',
    uniqueItems: true,
    items: { enum: ['analysisTarget', 'attachment', 'resultFile'] },
  },
  hashes: { type: 'object', additionalProperties: text },
  length: index,
  mimeType: { type: 'string', pattern: '[^/]+/.+' },
});

/**
 * What SARIF 2.1.0 (OASIS standard, section 3) asks of the objects that our reports use, written from its text: each
 * object with its required properties, and no others than it has; of those, the ones that a report like ours may want.
 */
export const SARIF_SUBSET = object(['version', 'runs'], {
  $schema: { type: 'string', format: 'uri-reference' },
  version: { const: '2.1.0' },
  runs: list(
    object(['tool'], {
      tool: object(['driver'], {
        driver: object(['name'], {
          name: text,
          version: text,
          semanticVersion: text,
          informationUri: { type: 'string', format: 'uri-reference' },
          shortDescription: multiformat,
          fullDescription: multiformat,
          rules: { type: 'array', uniqueItems: true, items: rule },
        }),
      }),
      invocations: list(
        object(['executionSuccessful'], {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: list(notification),
          exitCode: { type: 'integer' },
        }),
      ),
      artifacts: { type: 'array', uniqueItems: true, items: artifact },
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: list(result),
    }),
  ),
});
