package article

import (
	"strconv"
	"time"

	"newsroom.example/cards/internal/locale"
)

// Clock is what the time alone has changed of an article. The service sets it; it is part of the version.
type Clock struct {
	BreakingOver bool `json:"breaking_over,omitempty"` // the badge breaking is not shown any more
	Year         int  `json:"year,omitempty"`          // of the publication of an old story; 0: it is not old
}

// BreakingUntil returns when the badge breaking is not shown any more; zero: it has none, or it does not end. life is
// how long it is shown.
func (a Article) BreakingUntil(life time.Duration) time.Time {
	if a.Badge != "breaking" || a.BadgeSince.IsZero() || life <= 0 {
		return time.Time{}
	}
	return a.BadgeSince.Add(life)
}

// At returns what the clock has changed of the article at the time now. life is that of the badge breaking.
func (a Article) At(now time.Time, life time.Duration) (c Clock) {
	if until := a.BreakingUntil(life); !until.IsZero() {
		c.BreakingOver = !now.Before(until)
	}
	if old := a.PublishedAt.AddDate(1, 0, 0); !a.PublishedAt.IsZero() && a.Kind != "paid" && !now.Before(old) {
		c.Year = a.PublishedAt.Year()
	}
	return c
}

// Since returns the article with the time from which the badge breaking counts. before is the article as it was, or
// nil: a badge that is not new keeps its time, one that is counts from now on, and that of a new article from its
// publication. It does not count before readers can see it.
func (a Article) Since(before *Article, now time.Time) Article {
	a.BadgeSince = time.Time{}
	switch {
	case a.Badge != "breaking":
		return a
	case before != nil && before.Badge == a.Badge && !before.BadgeSince.IsZero():
		a.BadgeSince = before.BadgeSince
	case before != nil && before.Badge != a.Badge, a.PublishedAt.IsZero(), a.PublishedAt.After(now):
		a.BadgeSince = now
	default:
		a.BadgeSince = a.PublishedAt
	}
	if a.BadgeSince.Before(a.EmbargoUntil) {
		a.BadgeSince = a.EmbargoUntil
	}
	a.BadgeSince = seconds(a.BadgeSince.UTC())
	return a
}

// BadgeRule says which rule gave an article its badge.
type BadgeRule string

// The rules, the first of which that applies decides.
const (
	RulePaid BadgeRule = "paid"          // paid content says so, and nothing else
	RuleYear BadgeRule = "year"          // a story that is a year old says of which year it is
	RuleOver BadgeRule = "breaking_over" // breaking is over
	RuleOwn  BadgeRule = "article"       // the article's own badge
	RuleKind BadgeRule = "kind"          // opinion and analysis, by the kind
	RuleNone BadgeRule = "none"
)

// Badged returns the badge that cards of the article get, as card.Card has it, and the rule that gave it. A headline or
// a section that says the same is left for the layout to see.
func (a Article) Badged() (badge string, rule BadgeRule) {
	over := a.Badge == "breaking" && a.Clock.BreakingOver
	switch {
	case a.Kind == "paid":
		return locale.Sponsored, RulePaid
	case a.Clock.Year != 0:
		return locale.From(strconv.Itoa(a.Clock.Year)), RuleYear
	case a.Badge != "" && !over:
		return a.Badge, RuleOwn
	case a.kindBadge() != "":
		return a.kindBadge(), RuleKind
	case over:
		return "", RuleOver
	}
	return "", RuleNone
}

// kindBadge returns the badge of a kind, unless the section says the same.
func (a Article) kindBadge() string {
	if a.Kind != "opinion" && a.Kind != locale.Analysis || locale.IsBadge(a.Kind, a.Kicker) {
		return ""
	}
	return a.Kind
}
