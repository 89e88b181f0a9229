// Package mw holds the middleware that every request passes: request id, access log, recovery, headers, cross-origin
// protection, ward and session, rate limits.
package mw
