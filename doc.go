// Package cards is a service that gives every news story its share links and its social
// card. The command is cmd/cards; this folder holds only the plan of the house, which
// imports_test.go checks.
package cards
