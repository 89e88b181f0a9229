// Package e2e walks through the portal as people do: journeys of a resident, a chair, a branch head, an editor and an official in
// a headless Chromium, and a suite of bad input through the real router.
//
// A journey presses what it reads: links and buttons by their words, fields by their labels. Every page on the way is held
// against the bar (axe without a violation, a silent console, nothing wider than a phone), see check_test.go. With
// E2E_SHOTS=folder each page is also kept as pictures, 360 and 1280 px wide, to be looked at.
//
// Everything here is a test; the package has no code of its own.
package e2e
