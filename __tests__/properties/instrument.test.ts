import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import type { AgentConnection } from "../../lib/applications/connection";
import { instrument } from "../../lib/applications/instrument";
import type { InstrumentOptions } from "../../lib/applications/options";
import { SOCKETS } from "../support/connections";
import { deepFreeze } from "../support/deep-freeze";

const MOUNT = { containerPath: "/var/run/datadog", readOnly: true, sourceVolume: "dd-sockets" };

describe("any container", () => {
  const word = fc.oneof(fc.string(), fc.constantFrom("sh", "-c", "datadog", "$HOME", "DD_ENV", "DD_TRACE_AGENT_URL"));
  const words = fc.array(word, { maxLength: 4 });
  const tag = fc.stringMatching(/^[a-z][a-z0-9.-]{0,10}$/);
  const container: fc.Arbitrary<ContainerDefinition> = fc.record(
    {
      name: word,
      entryPoint: words,
      command: fc.array(word, { minLength: 1, maxLength: 4 }),
      environment: fc.uniqueArray(fc.record({ name: word, value: word }), { selector: ({ name }) => name }),
      secrets: fc.array(fc.record({ name: word, valueFrom: word }), { maxLength: 2 }),
      dockerLabels: fc.dictionary(fc.oneof(word, fc.constant("com.datadoghq.tags.env")), word),
      mountPoints: fc.uniqueArray(
        fc.constantFrom({ containerPath: "/data", sourceVolume: "data" }, { ...MOUNT, readOnly: false }),
      ),
      essential: fc.boolean(),
    },
    { requiredKeys: ["command"] },
  );
  const receiver = fc.constantFrom(
    undefined,
    { port: true, socket: false },
    { port: true, socket: true },
    { port: false, socket: true },
  );
  const connection: fc.Arbitrary<AgentConnection> = fc
    .record({ apm: receiver, dogstatsd: receiver, networkMode: fc.constantFrom("bridge", "host") })
    .map((parts) => ({ ...SOCKETS, ...parts }));
  const options: fc.Arbitrary<InstrumentOptions> = fc.record(
    {
      service: tag,
      env: tag,
      version: tag,
      transport: fc.constant("none" as const),
      logs: fc.record({ source: tag }),
      checks: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.constant({ instances: [{ host: "%%host%%" }] })),
    },
    { requiredKeys: [] },
  );

  it("is instrumented once, keeps its fields, and isn't changed itself", () => {
    fc.assert(
      fc.property(container, connection, options, (...[given, agent, wanted]) => {
        deepFreeze([given, agent, wanted]);
        const before = structuredClone(given);
        const once = instrument(given, agent, wanted);
        expect(instrument(deepFreeze(once).containerDefinition, agent, wanted)).toEqual(once);
        expect(given).toEqual(before);

        const { entryPoint = [], command = [], ...rest } = given;
        const { entryPoint: entryPointAfter, command: commandAfter, ...after } = once.containerDefinition;
        expect(after).toMatchObject({
          ...rest,
          ...(rest.environment && { environment: expect.arrayContaining(rest.environment) as unknown }),
          ...(rest.mountPoints && { mountPoints: expect.arrayContaining(rest.mountPoints) as unknown }),
        });
        const names = [...(after.environment ?? []).map(({ name }) => name)];
        expect(new Set(names).size).toBe(names.length);
        const overHost = wanted.transport !== "none" && [agent.apm, agent.dogstatsd].some((on) => on?.socket === false);
        if (overHost) expect(commandAfter).toEqual([...entryPoint, ...command]);
        else expect([entryPointAfter, commandAfter]).toEqual([given.entryPoint, given.command]);
      }),
    );
  });
});
