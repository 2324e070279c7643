package share

// Rules are the rules by which the embed kit makes links itself while the service does not answer: the data of this
// package, so that a changed form or limit changes both.
type Rules struct {
	App      string            `json:"app,omitempty"` // Facebook's
	Via      string            `json:"via,omitempty"`
	Targets  map[string]RuleOf `json:"targets"`
	Trackers []string          `json:"trackers"`
	Light    [][2]rune         `json:"light"`  // code points of weight 1 on X
	Domain   string            `json:"domain"` // regular expression of domains that X links, for flags g, i and u
	Most     map[string]int    `json:"most"`
}

// RuleOf is the rule of one target. Without a form the kit has its own: kakao, mail, link.
type RuleOf struct {
	Label string `json:"label"`
	Form  string `json:"form,omitempty"`
	Image bool   `json:"image,omitempty"` // only for a story with one
}

// RulesOf returns the rules of a site.
func RulesOf(c Config) Rules {
	r := Rules{App: c.FacebookAppID, Via: c.TwitterVia, Targets: map[string]RuleOf{}, Trackers: trackers,
		Light: lightRanges, Domain: domainPattern,
		Most: map[string]int{"tweet": maxTweet, "link": urlWeight, "mail": maxMailto}}
	for _, t := range targets {
		form := t.form.text
		if c.FacebookAppID != "" && t.app.text != "" {
			form = t.app.text
		}
		r.Targets[t.Name] = RuleOf{t.label, form, t.needsImage}
	}
	return r
}
