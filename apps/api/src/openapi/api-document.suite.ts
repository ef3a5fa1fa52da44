import { createConfig, lintFromString } from '@redocly/openapi-core';
import { DOCUMENT_FILE, readDocument, routesOf } from '../testing/api-document';
import type { RunningServer } from '../testing/start-server';

/** What is for people to look at, and the files of that. */
const PAGES = /^\/(?:$|compare$|chat$|chat\/|models$|(?:runs|comparisons)(?:$|\/)|api\/docs|media\/|[\w.-]+\.(?!json)\w+$)/;

export function describeApiDocument(server: () => RunningServer): void {
  describe('the OpenAPI document', () => {
    it('is committed as the server serves it; `npm run openapi` writes it anew', async () => {
      const response = await fetch(`${server().origin}/api/openapi.json`);
      expect(response.headers.get('content-type')).toMatch(/^application\/json\b/);
      expect(await response.json()).toEqual(readDocument());
    });

    it('passes the linter with no error and no warning', async () => {
      const config = await createConfig({ extends: ['recommended-strict'] });
      const problems = await lintFromString({ source: JSON.stringify(readDocument()), absoluteRef: DOCUMENT_FILE, config });
      expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
    });

    it('has every route of the server, and none besides', () => {
      const mapped = [
        ...server()
          .log()
          .matchAll(/Mapped \{(\S+), (\w+)\} route/g),
      ]
        .filter(([, path = '', method]) => method !== 'ALL' && !PAGES.test(path))
        .map(([, path = '', method]) => `${method} ${path.replace(/[*:](\w+)/g, '{$1}')}`);
      const documented = routesOf(readDocument()).map(({ method, path }) => `${method} ${path}`);
      expect(mapped.length).toBeGreaterThan(20);
      expect(documented.sort()).toEqual([...new Set(mapped)].sort());
    });

    it('names every operation, once', () => {
      const ids = routesOf(readDocument()).map(({ operation }) => operation.operationId);
      expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('gives every failure its codes, each with an example', () => {
      const silent = routesOf(readDocument()).flatMap(({ method, path, operation }) =>
        Object.entries(operation.responses)
          .filter(([status, { content }]) => Number(status) >= 400 && Object.keys(content?.['application/json']?.examples ?? {}).length === 0)
          .map(([status]) => `${method} ${path} ${status}`),
      );
      expect(silent).toEqual([]);
    });
  });
}
