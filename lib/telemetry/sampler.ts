import {
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
} from '@opentelemetry/sdk-trace-base'

/** What is asked all the time and tells nothing: probes, scrapes, static files, live streams. */
const noise = /^\/(api\/(health|metrics|v1\/live)\b|_next\/|api\/v1\/jobs\/[^/]+\/events)/

const everything = new ParentBasedSampler({ root: new AlwaysOnSampler() })

/** Every trace, but for noise, and for what a caller says it does not trace. */
export const sampler: Sampler = {
  shouldSample(context, traceId, name, kind, attributes, links) {
    if (noise.test(String(attributes['http.target'] ?? ''))) {
      return { decision: SamplingDecision.NOT_RECORD }
    }
    return everything.shouldSample(context, traceId, name, kind, attributes, links)
  },
  toString: () => 'everything but noise',
}
