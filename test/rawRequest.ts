import { request } from 'node:http';

/** What a server answered. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** What is asked of a server: path, method, headers, body. */
export type Asked = [path: string, method?: string, headers?: Record<string, string>, body?: string];

/** A request as it is written: neither the path nor the headers are made tidy on the way. */
export function rawRequest(
  { host, port }: URL,
  ...[path, method = 'GET', headers = {}, body]: Asked
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { host, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
