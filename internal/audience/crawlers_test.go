package audience

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// entry is an entry of the list of crawlers.
type entry struct {
	Pattern   string
	Tags      []string
	Instances []string // agents that match
}

func entries(t testing.TB) (all []entry) {
	t.Helper()
	raw, err := os.ReadFile("crawlers/crawler-user-agents.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &all); err != nil || len(all) < 600 {
		t.Fatalf("%d entries, %v", len(all), err)
	}
	return all
}

// TestPatternsAreThoseOfTheList: scripts/crawlers makes one of the other.
func TestPatternsAreThoseOfTheList(t *testing.T) {
	var want strings.Builder
	for _, e := range entries(t) {
		want.WriteString(e.Pattern + "\t" + strings.Join(e.Tags, " ") + "\n")
	}
	if list != want.String() {
		t.Error("crawlers/patterns.tsv is not of crawlers/crawler-user-agents.json: run make crawlers")
	}
}

// TestListedAgentsAreNotReaders: of the list's example agents at most one in a hundred is counted.
func TestListedAgentsAreNotReaders(t *testing.T) {
	var readers []string
	all := 0
	for _, e := range entries(t) {
		for _, ua := range e.Instances {
			if all++; agentOf(ua) == Reader {
				readers = append(readers, e.Pattern+": "+ua)
			}
		}
	}
	t.Logf("%d of %d agents are counted:\n%s", len(readers), all, strings.Join(readers, "\n"))
	if len(readers)*100 > all {
		t.Errorf("%d of %d agents are counted", len(readers), all)
	}
}

// TestTokensAreNecessary: an agent that a pattern of the list matches contains one of the pattern's literals.
func TestTokensAreNecessary(t *testing.T) {
	for _, e := range entries(t) {
		a, err := newAutomaton([]pattern{{e.Pattern, program, true}})
		if err != nil {
			t.Error(err)
			continue
		}
		re := regexp.MustCompile(e.Pattern)
		for _, ua := range e.Instances {
			if re.MatchString(ua) && a.find(ua) == 0 {
				t.Errorf("%s: %s", e.Pattern, ua)
			}
		}
	}
}

func TestTokens(t *testing.T) {
	for pattern, want := range map[string][]token{
		`Foobot`:                {{text: "Foobot"}},
		`Foo[bB]ot\/`:           {{text: "Foobot/"}, {text: "FooBot/"}},
		`^foo|\bbarred\b`:       {{text: "foo", atStart: true}, {text: "barred", wordStart: true, wordEnd: true}},
		`AdsBot([^-]|$)`:        {{text: "AdsBot"}, {text: "AdsBot", atEnd: true}},
		`Foo(bar)?baz`:          {{text: "Foobarbaz"}, {text: "Foobaz"}},
		`(?i)xy1`:               {{text: "xy1"}, {text: "xY1"}, {text: "Xy1"}, {text: "XY1"}},
		`short.*longer literal`: {{text: "longer literal"}},
		`first[^a]rest`:         {{text: "first"}},
		`first[01]+`:            {{text: "first0"}, {text: "first1"}},
		`one.*two`:              {{text: "one"}}, // of two that are equally long the first
		`^foo$`:                 {{text: "foo", atStart: true, atEnd: true}},
		`^\bfoo\b$`:             {{text: "foo", atStart: true, atEnd: true, wordStart: true, wordEnd: true}},
		`foo+`:                  {{text: "foo"}},
		`xyz`:                   {{text: "xyz"}},
		`xy`:                    nil,
		`foobar|xy`:             nil,
		`a\bmiddle`:             nil,
		`x+`:                    nil,
		`foo(`:                  nil,
	} {
		if got, err := tokensOf(pattern); !slices.Equal(got, want) || (err == nil) != (want != nil) {
			t.Errorf("%s: %+v, %v", pattern, got, err)
		}
	}
}

// TestExpansionsAreBounded: a part of an expression becomes at most 16 texts, otherwise a gap.
func TestExpansionsAreBounded(t *testing.T) {
	for pattern, want := range map[string]int{
		`foo[a-p]`: 16, `foo[a-q]`: 1, // a class
		`foo[a-h][01]`: 16, `foo[a-h][0-2]`: 8, `foo[a-i][01]`: 9, // one after the other
		`(?i)abcd`: 16, `(?i)abcde`: 16, // cases
		`foo(?:a1|b2|c3|d4|e5|f6|g7|h8|i9|j1|k2|l3|m4|n5|o6|p7)`:     16,
		`foo(?:a1|b2|c3|d4|e5|f6|g7|h8|i9|j1|k2|l3|m4|n5|o6|p7|q8)`:  1,
		`foo(?:a1|b2|c3|d4|e5|f6|g7|h8|i9|j1|k2|l3|m4|n5|o6)?`:       16,
		`foo(?:a1|b2|c3|d4|e5|f6|g7|h8|i9|j1|k2|l3|m4|n5|o6|p7)?bar`: 1,
	} {
		tokens, err := tokensOf(pattern)
		if err != nil || len(tokens) != want {
			t.Errorf("%s: %d texts, want %d, %v", pattern, len(tokens), want, err)
		}
	}
}

// TestAutomatonIsASearch compares the automaton with a search for each token.
func TestAutomatonIsASearch(t *testing.T) {
	all := append(slices.Clone(own), listed()...)
	all = slices.DeleteFunc(all, func(p pattern) bool { return p.class == phone })
	a, err := newAutomaton(all)
	if err != nil {
		t.Fatal(err)
	}
	var marks []mark
	for _, p := range all {
		tokens, _ := tokensOf(p.text)
		for _, token := range tokens {
			marks = append(marks, mark{token, p.class, p.exact})
		}
	}
	search := func(text string) (found class) {
		lower := strings.ToLower(text)
		for _, m := range marks {
			folded := strings.ToLower(m.text)
			for at := strings.Index(lower, folded); at >= 0; {
				if m.stands(text, at+len(folded)) {
					found |= m.class
				}
				next := strings.Index(lower[at+1:], folded)
				if next < 0 {
					break
				}
				at += 1 + next
			}
		}
		return found
	}
	for i, e := range entries(t) {
		for _, ua := range e.Instances[:min(1, len(e.Instances))] {
			if testing.Short() && i%8 != 0 {
				continue
			}
			for _, text := range []string{ua, strings.ToUpper(ua), ua[len(ua)/2:]} {
				if got, want := a.find(text), search(text); got != want {
					t.Errorf("%q: %b, want %b", text, got, want)
				}
			}
		}
	}
}

// hostile is an agent that is as slow as it can be: every part begins a token.
var hostile = strings.Repeat("facebookexternalhifacebookexternalh", 1000)

func TestAgentsCostNoMemory(t *testing.T) {
	Prepare()
	for _, ua := range []string{safari, "curl/8.0", hostile} {
		if n := testing.AllocsPerRun(100, func() { agentOf(ua) }); n != 0 {
			t.Errorf("%.60s: %v allocations", ua, n)
		}
	}
}

// TestLongAgentsAreCut: what comes after 512 bytes is not read.
func TestLongAgentsAreCut(t *testing.T) {
	const most = 512
	long := safari + strings.Repeat(" ", most)
	if got := agentOf(long[:most-6] + "Foobot"); got != Robot {
		t.Errorf("at the end of 512 bytes: %d", got)
	}
	if got := agentOf(long[:most-5] + "Foobot"); got != Reader { // the last letter is the 513th
		t.Errorf("across 512 bytes: %d", got)
	}
	if got := agentOf(long[:most] + " Foobot"); got != Reader {
		t.Errorf("after 512 bytes: %d", got)
	}
}

func BenchmarkAgentOf(b *testing.B) {
	for name, ua := range map[string]string{
		"reader": safari, "in-app": inApps[0], "crawler": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
		"robot": "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "hostile": hostile,
	} {
		r := request("User-Agent", ua)
		AgentOf(r)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				AgentOf(r)
			}
		})
	}
}

// BenchmarkBuild builds the automaton, as the first request does.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		if _, err := newAutomaton(append(slices.Clone(own), listed()...)); err != nil {
			b.Fatal(err)
		}
	}
}
