// Stopping: what stops with an entity, counted by the rules of `egovkg impact`. A dependency counts where a statement
// says that it runs, if only on trial or in part. Providers of one relation and one class stand in for each other, and
// a service stops with what it is delivered through. What would stop by planned or inferred dependencies is counted
// apart. A part of what stops stands in for nothing.

import { dependencies, modeOf, nodeById, page } from "../data/page.js";
import { passingClaims } from "../state/filtering.js";

// what depends on an entity stops with it, would stop only by links that are planned, inferred or guessed, or goes on
export const FATES = ["stops", "foreseen", "goesOn"];
const MANY_STOP = 200; // beyond, they are not counted to the end

/** Tell whether a relation says that one of its ends stops with the other: a dependency, or a delivery. */
function isDependency(edge) {
  return dependencies.has(edge.relation) || edge.relation === page.delivers;
}

/** Which end of a dependency depends, and on which: a platform that joins a system is what the system depends on. */
export function endsOf(edge) {
  return edge.joins ? { dependent: edge.to, provider: edge.from } : { dependent: edge.from, provider: edge.to };
}

/** The dependencies of an entity on others (side -1), or of others on it (side 1). */
export function dependenciesAt(id, side) {
  const node = nodeById.get(id);
  const own = side > 0 ? "provider" : "dependent";
  return [...node.in, ...node.out].filter((edge) => edge.passes && isDependency(edge) && endsOf(edge)[own] === id);
}

/** Tell whether a statement that counts says that the dependency runs. */
function isRunning(edge) {
  const counting = passingClaims(edge).filter(({ denied, sureness }) => !denied && sureness !== page.guess);
  return counting.some(({ status }) => modeOf(status)?.runs);
}

/** Tell whether it runs, is planned, or is inferred or expected only: whether it may carry a failure one day. */
export function mayCarry(edge) {
  const claims = passingClaims(edge).filter((claim) => !claim.denied);
  const isAlive = ({ status }) => modeOf(status)?.runs || modeOf(status)?.ahead;
  return claims.some(isAlive) || (!edge.claims.length && edge.references.length > 0);
}

/**
 * Find what stops with an entity.
 *
 * carries: tells whether a dependency counts. Returns a map of each entity that stops to { step, isDelivered }; at most
 * a few more than `limit`.
 */
export function stoppingWith(start, carries = isRunning, limit = Infinity) {
  const stopped = new Map([[start, { step: 0 }]]);
  const lost = new Set(withParts(start));
  const delivered = new Map();
  let front = [start];
  for (let step = 1; front.length && stopped.size + delivered.size <= limit; step += 1) {
    const next = [];
    front.flatMap((id) => dependenciesAt(id, 1).filter(carries)).forEach((edge) => {
      const { dependent } = endsOf(edge);
      if (stopped.has(dependent)) return;
      if (edge.relation === page.delivers) {
        if (!delivered.has(dependent)) delivered.set(dependent, { step, isDelivered: true });
      } else if (hasNoOther(edge, lost, carries)) {
        stopped.set(dependent, { step });
        withParts(dependent).forEach((id) => lost.add(id));
        next.push(dependent);
      }
    });
    front = next;
  }
  stopped.delete(start);
  return new Map([...delivered, ...stopped]);
}

/** An entity, its parts, and theirs. */
function withParts(id, found = new Set()) {
  if (found.has(id)) return found;
  found.add(id);
  const parts = nodeById.get(id).in.filter((edge) => edge.relation === page.partOf && isRunning(edge));
  parts.forEach((edge) => withParts(edge.from, found));
  return found;
}

/** Tell whether nothing else of its class and relation is left that the dependent can fall back on. */
function hasNoOther(edge, lost, carries) {
  const { dependent, provider } = endsOf(edge);
  const { kind } = nodeById.get(provider);
  return dependenciesAt(dependent, -1)
    .filter((other) => needOf(other) === needOf(edge) && nodeById.get(endsOf(other).provider).kind === kind)
    .filter(carries)
    .every((other) => lost.has(endsOf(other).provider));
}

/** The relation of a need: what a platform joins, is connected to it. */
function needOf({ joins, relation }) {
  return joins ? page.joined : relation;
}

/**
 * How many systems and services stop with an entity, and how many more would by links that are planned, inferred or
 * guessed; `isCut` where there are more than were counted.
 */
export function countStopping(id) {
  const now = stoppingWith(id, isRunning, MANY_STOP);
  const isCut = now.size > MANY_STOP;
  const later = isCut ? [] : [...stoppingWith(id, mayCarry, MANY_STOP)];
  const foreseen = later.filter(([dependent]) => !now.has(dependent)).map(([, stop]) => stop);
  return { ...stopSizes([...now.values()]), foreseen: stopSizes(foreseen), isCut };
}

/** How many of those that stop are systems, and how many services. */
function stopSizes(stops) {
  const services = stops.filter(({ isDelivered }) => isDelivered).length;
  return { systems: stops.length - services, services };
}

/** What becomes of those that depend on an entity when it stops: id -> one of `FATES`. */
export function fatesWith(start, dependents) {
  const [now, later] = [stoppingWith(start), stoppingWith(start, mayCarry)];
  const fateOf = (id) => (now.has(id) ? "stops" : later.has(id) ? "foreseen" : "goesOn");
  return new Map(dependents.map((id) => [id, fateOf(id)]));
}
