package main

import (
	"fmt"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/store"
)

// crowds are the honest clicks that a story gets in the hour, each from a network of its own.
var crowds = []int{0, 100, 1000, 10_000}

// attempts is the number of taps of the attacker in an hour: ten a second, by 1,000 agents. No tap is a repeat, since
// a new address or agent is another visitor.
const attempts = 36_000

// origins are where an attack comes from.
var origins = []struct {
	name string
	from func(i int) store.Network
}{
	{"an IPv4 /24", func(int) store.Network { return store.Network{Wide: 1} }},
	{"an IPv6 /64", func(int) store.Network { return store.Network{Wide: 1, Narrow: 1} }},
	{"an IPv6 /48", func(i int) store.Network { return store.Network{Wide: 1, Narrow: uint16(1 + i%numbers)} }},
}

// attack returns how many clicks of an attack are counted beside a crowd.
func attack(rule store.ShareRule, crowd int, from func(i int) store.Network) int {
	h := newHour(rule)
	h.crowd(crowd)
	h.add(1, attempts, length, from)
	return h.counted()[1]
}

// lossOf returns the part of the clicks of readers in shared networks that is not counted, beside a crowd.
func lossOf(rule store.ShareRule, crowd, readers, until int, from func(i int) store.Network) float64 {
	h := newHour(rule)
	h.crowd(crowd)
	h.add(1, readers, until, from)
	return 1 - float64(h.counted()[1])/float64(readers)
}

// over spreads readers over a number of IPv4 /24 networks.
func over(networks int) func(i int) store.Network {
	return func(i int) store.Network { return store.Network{Wide: uint16(1 + i%networks)} }
}

// phones spreads readers over a number of IPv6 /48 networks, each reader in a /64.
func phones(networks int) func(i int) store.Network {
	return func(i int) store.Network {
		return store.Network{Wide: uint16(1 + i%networks), Narrow: uint16(1 + i%numbers)}
	}
}

func report() string {
	var b strings.Builder
	attackTable(&b)
	readersTable(&b)
	carrierTable(&b)
	rulesTable(&b)
	return b.String()
}

func attackTable(b *strings.Builder) {
	fmt.Fprintf(b, "\n**What an attacker adds.** %s taps in one hour by 1,000 agents; in parentheses their part of all counted clicks.\n\n", thousands(attempts))
	fmt.Fprint(b, "| honest clicks in the hour | without a limit |")
	for _, o := range origins {
		fmt.Fprintf(b, " %s |", o.name)
	}
	fmt.Fprint(b, "\n|---:|---:|---:|---:|---:|\n")
	for _, crowd := range crowds {
		fmt.Fprintf(b, "| %s | %s |", thousands(crowd), added(attempts, crowd))
		for _, o := range origins {
			fmt.Fprintf(b, " %s |", added(attack(store.NetworkShare, crowd, o.from), crowd))
		}
		fmt.Fprintln(b)
	}
	fmt.Fprintf(b, "\nA day of it, against a story that nobody else reads: %s counted clicks of a /48 or /24, of %s taps.\n",
		thousands(24*attack(store.NetworkShare, 0, origins[2].from)), thousands(24*attempts))
}

// readersTable shows what readers in one network lose.
func readersTable(b *strings.Builder) {
	fmt.Fprint(b, "\n**What readers in one network lose**, each tapping once: the part of their clicks that is not counted.\n\n")
	fmt.Fprint(b, "| readers in one network |")
	for _, crowd := range crowds {
		fmt.Fprintf(b, " %s others |", thousands(crowd))
	}
	fmt.Fprint(b, "\n|---|---:|---:|---:|---:|\n")
	for _, row := range []struct {
		name           string
		readers, until int
		from           func(i int) store.Network
	}{
		{"20 in an office, IPv4 /24, within the hour", 20, length, over(1)},
		{"100 in an office, IPv4 /24, within the hour", 100, length, over(1)},
		{"100 in an office, IPv4 /24, in its first ten minutes", 100, 600, over(1)},
		{"100 in an office, IPv6 /64, within the hour", 100, length, origins[1].from},
		{"300 on a campus, IPv6 /48 with /64s, within the hour", 300, length, phones(1)},
	} {
		fmt.Fprintf(b, "| %s |", row.name)
		for _, crowd := range crowds {
			fmt.Fprintf(b, " %s |", percent(lossOf(store.NetworkShare, crowd, row.readers, row.until, row.from)))
		}
		fmt.Fprintln(b)
	}
}

// carrierPart is the carrier's part of a story's readers.
const carrierPart = 0.4

// carrierLoss returns the loss of a carrier that has 40 % of a story's readers, behind networks.
func carrierLoss(rule store.ShareRule, all int, from func(i int) store.Network) float64 {
	readers := int(carrierPart * float64(all))
	return lossOf(rule, all-readers, readers, length, from)
}

func carrierTable(b *strings.Builder) {
	fmt.Fprint(b, "\n**What a mobile carrier loses** that has 40 % of the story's readers, spread over some networks.\n\n")
	fmt.Fprint(b, "| readers of the story in the hour | 4 IPv4 /24 | 16 IPv4 /24 | 64 IPv4 /24 | 4 IPv6 /48 | 16 IPv6 /48 |\n")
	fmt.Fprint(b, "|---:|---:|---:|---:|---:|---:|\n")
	for _, all := range crowds[1:] {
		fmt.Fprintf(b, "| %s |", thousands(all))
		for _, from := range []func(int) store.Network{over(4), over(16), over(64), phones(4), phones(16)} {
			fmt.Fprintf(b, " %s |", percent(carrierLoss(store.NetworkShare, all, from)))
		}
		fmt.Fprintln(b)
	}
}

// rulesTable compares other figures with those of store.NetworkShare.
func rulesTable(b *strings.Builder) {
	fmt.Fprint(b, "\n**Other figures**: the clicks that a /48 adds, and what honest readers lose.\n\n")
	fmt.Fprint(b, "| minimum | one per N others | 0 others | 100 others | 1,000 others | 10,000 others | office of 100, 100 others | office of 100, 1,000 others | carrier of 1,000 in 4 | carrier of 10,000 in 16 |\n")
	fmt.Fprint(b, "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, floor := range []int64{10, 20, 30, 60} {
		for _, part := range []int64{4, 10, 20} {
			rule := store.ShareRule{WideFloor: floor, NarrowFloor: floor / 2, WidePart: part, NarrowPart: 2 * part}
			mark := ""
			if rule == store.NetworkShare {
				mark = "**"
			}
			fmt.Fprintf(b, "| %s%d%s | %s%d%s |", mark, floor, mark, mark, part, mark)
			for _, crowd := range crowds {
				fmt.Fprintf(b, " %s |", thousands(attack(rule, crowd, origins[2].from)))
			}
			for _, loss := range []float64{
				lossOf(rule, 100, 100, length, over(1)), lossOf(rule, 1000, 100, length, over(1)),
				carrierLoss(rule, 1000, over(4)), carrierLoss(rule, 10_000, over(16)),
			} {
				fmt.Fprintf(b, " %s |", percent(loss))
			}
			fmt.Fprintln(b)
		}
	}
}

// added writes a number of clicks, and its part of all clicks.
func added(n, honest int) string {
	return fmt.Sprintf("%s (%s)", thousands(n), percent(float64(n)/float64(n+honest)))
}

func percent(part float64) string { return fmt.Sprintf("%.0f %%", 100*part) }

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
