package article_test

import (
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// TestBadged: which rule gives an article its badge, and that it is in the card.
func TestBadged(t *testing.T) {
	for _, tt := range []struct {
		why   string
		a     article.Article
		badge string
		rule  article.BadgeRule
	}{
		{"nothing", article.Article{}, "", article.RuleNone},
		{"its own", article.Article{Badge: "exclusive", PublishedAt: noon.Add(-time.Hour)}, "exclusive", article.RuleOwn},
		{"breaking", article.Article{Badge: "breaking", BadgeSince: noon.Add(-6*time.Hour + time.Second)}, "breaking", article.RuleOwn},
		{"breaking is over", article.Article{Badge: "breaking", BadgeSince: noon.Add(-6 * time.Hour)}, "", article.RuleOver},
		{"breaking of an earlier release", article.Article{Badge: "breaking"}, "breaking", article.RuleOwn},
		{"live stays", article.Article{Badge: "live", BadgeSince: noon.Add(-60 * time.Hour)}, "live", article.RuleOwn},
		{"an opinion that was breaking", article.Article{Badge: "breaking", BadgeSince: noon.Add(-7 * time.Hour), Kind: "opinion"}, "opinion", article.RuleKind},
		{"an analysis", article.Article{Kind: "analysis"}, "analysis", article.RuleKind},
		{"whose section says so", article.Article{Kind: "analysis", Kicker: "분석"}, "", article.RuleNone},
		{"a live story has no badge by its kind", article.Article{Kind: "live"}, "", article.RuleNone},
		{"a year old", article.Article{Badge: "live", Kind: "opinion", PublishedAt: noon.AddDate(-1, 0, 0)}, "from 2025", article.RuleYear},
		{"nearly", article.Article{PublishedAt: noon.AddDate(-1, 0, 0).Add(time.Second)}, "", article.RuleNone},
		{"the newsroom's year", article.Article{PublishedAt: time.Date(2020, 1, 1, 3, 0, 0, 0, time.FixedZone("", 9*3600))}, "from 2020", article.RuleYear},
		{"paid, and old", article.Article{Kind: "paid", Badge: "exclusive", PublishedAt: noon.AddDate(-3, 0, 0)}, "sponsored", article.RulePaid},
	} {
		tt.a.Clock = tt.a.At(noon, 6*time.Hour)
		badge, rule := tt.a.Badged()
		if badge != tt.badge || rule != tt.rule || tt.a.Card(card.OpenGraph).Badge != tt.badge {
			t.Errorf("%s: %q by %s, want %q by %s", tt.why, badge, rule, tt.badge, tt.rule)
		}
	}
}

// TestSince: from when breaking counts.
func TestSince(t *testing.T) {
	published := noon.Add(-24 * time.Hour)
	was := func(badge string, since time.Time) *article.Article {
		return &article.Article{Badge: badge, BadgeSince: since}
	}
	for _, tt := range []struct {
		why    string
		a      article.Article
		before *article.Article
		want   time.Time
	}{
		{"another badge", article.Article{Badge: "live", PublishedAt: published}, nil, time.Time{}},
		{"an archive", article.Article{Badge: "breaking", PublishedAt: published}, nil, published},
		{"a new story", article.Article{Badge: "breaking"}, nil, noon},
		{"one that is published later", article.Article{Badge: "breaking", PublishedAt: noon.Add(time.Hour)}, nil, noon},
		{"a new badge", article.Article{Badge: "breaking", PublishedAt: published}, was("", time.Time{}), noon},
		{"the same badge", article.Article{Badge: "breaking", PublishedAt: published}, was("breaking", noon.Add(-time.Hour)), noon.Add(-time.Hour)},
		{"of an earlier release", article.Article{Badge: "breaking", PublishedAt: published}, was("breaking", time.Time{}), published},
		{"under embargo", article.Article{Badge: "breaking", EmbargoUntil: noon.Add(time.Hour)}, nil, noon.Add(time.Hour)},
	} {
		if got := tt.a.Since(tt.before, noon).BadgeSince; !got.Equal(tt.want) {
			t.Errorf("%s: %s, want %s", tt.why, got, tt.want)
		}
	}
}
