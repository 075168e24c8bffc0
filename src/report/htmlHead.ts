import { escapeHtml } from './escape.js';

/**
 * The start of a page, up to and with `</head>`.
 * @param title as text
 * @param policy content security policy: a page loads nothing that it does not name
 * @param style CSS
 */
export function htmlHead(title: string, policy: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>`;
}
