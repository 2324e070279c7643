package text

import (
	"slices"
	"strings"
	"sync"
)

// linkingEndings are endings of the first parts of compounds, with the s that only links them with the next part:
// "Wissenschafts-ministerium".
var linkingEndings = map[string][]string{
	"de": {"schafts", "ungs", "heits", "keits", "tions", "täts", "lings", "tums"},
	"nl": {"ings", "heids", "teits", "schaps"},
	"sv": {"ings", "hets", "skaps", "tions", "tets", "doms"},
	"da": {"ings", "heds", "skabs", "tions", "tets", "doms"},
	"nb": {"ings", "hets", "skaps", "sjons", "tets", "doms"},
	"no": {"ings", "hets", "skaps", "sjons", "tets", "doms"},
	"nn": {"ings", "leiks", "skaps", "sjons", "tets", "doms"},
}

const longestPrefix = 6

// prefixes are those of verbs, and of nouns that are made of verbs.
var prefixes = func() map[string]map[string]bool {
	m := map[string]map[string]bool{
		"de": set("ab", "an", "auf", "aus", "be", "bei", "dar", "durch", "ein", "ent", "er", "fort", "ge", "gegen", "her",
			"hin", "hinter", "miss", "mit", "nach", "rück", "über", "um", "un", "unter", "ver", "vor", "weg", "wider",
			"wieder", "zer", "zu"),
		"nl": set("aan", "achter", "af", "be", "bij", "door", "ge", "her", "in", "mee", "na", "om", "onder", "ont", "op",
			"over", "te", "tegen", "toe", "uit", "ver", "voor"),
		"sv": set("an", "av", "be", "efter", "fram", "från", "för", "in", "med", "mot", "ned", "om", "på", "till", "un",
			"under", "upp", "ut", "över"),
		"da": set("af", "an", "be", "efter", "for", "fra", "frem", "ind", "med", "mod", "ned", "om", "op", "over", "på",
			"til", "ud", "und", "under"),
		"nb": set("an", "av", "be", "etter", "for", "fra", "fram", "frem", "inn", "med", "mot", "ned", "om", "opp",
			"over", "på", "til", "under", "unn", "ut"),
	}
	m["no"], m["nn"] = m["nb"], m["nb"]
	return m
}()

// secondParts are the beginnings of frequent second parts of compounds in news, sorted. They are made when a word first
// needs them.
var secondParts = sync.OnceValue(func() map[string][]string {
	parts := map[string][]string{}
	for lang, words := range map[string]string{
		"de": `abgabe abkommen ablösung abstimmung amt anbieter angebot angriff anlage anleihe anstalt antrag anwalt
			apparat arbeit aufgabe aufsicht auftrag ausbau ausgabe ausgleich ausschuss ausstieg auto bahn band bank bau beamt
			bedarf bedingung beginn begrenzung behörde beihilfe beirat beitrag bekämpfung belastung beratung bereich bericht
			beruf beschleunig beschluss beschränkung beschäftig besuch betreiber betrieb betrug bewegung bilanz bild branche
			bremse brief bruch brücke bündnis bürger büro chef dienst diskussion druck einigung einkommen einnahme einsatz
			energie entgelt entlastung entscheidung entwicklung entwurf erhöhung ermittlung
			etikett export fabrik fahrt fall feier
			feld feuer flug flughafen fläche folge fonds forderung forscher forschung frage fraktion freiheit frist führer
			führung gebiet gebäude gefahr gegner gehalt geld gericht geschichte geschäft gesellschaft gesetz gespräch gewalt
			gewerkschaft grenze gruppe hafen halle handel haus haushalt heim hersteller hilfe hilfs hof industrie
			infrastruktur initiative instanz institut kabinett kammer kampf kandidat karte kasse katastrophe kauf kirche
			klage klasse klima koalition kollaps kommission konferenz kontrolle konzern kosten kraft kraftwerk krankheit
			kredit kreis krieg kriminalität krise künstler kürzung lage lager land leben leistung leiter leitung linie lösung
			mangel markt maschine maßnahme meister meisterschaft mensch miete minister ministerium mitglied mittel modell
			museum nachfolge nacht netz norm objekt offensive opfer opposition ordnung organisation paket papier parlament
			partei partner pflege pflicht plan planung platz politik politiker polizei praxis preis presse prinzip prognose
			programm projekt prozess präsident prüfung qualität quote raum recht redaktion reform regelung regierung reise
			rekord reserve rettung richter richtlinie risiko runde sache schaden schiff schifffahrt schluss schule schutz
			schwelle schwerpunkt sekretär senat service sicherheit sieg sitz sitzung skandal sommer sonne sparte spiel
			spieler spitze sport sprache sprecher staat stadion stadt standort start statistik stelle steuer stiftung stimme
			stoff strafe strategie straße streik streit strom struktur stunde suche summe system tagung tarif technik
			teilnehmer temperatur termin tief tochter trainer transport treffen trend turnier täter umfrage unfall union
			unternehmen untersuchung urteil verband verbot verbrauch verbrechen verein vereinbarung verfahren verfassung
			vergabe vergehen verhandlung verkauf verkehr verletzung verlust vermögen verordnung versammlung versicherung
			versorgung vertrag vertreter verwaltung vorhaben vorschlag vorsitz vorstand wachstum waffe wagen wahl wahlkampf
			wandel warnung wasser wechsel welle weltmeister werk wesen wettbewerb wetter winter wirtschaft wissenschaft woche
			wohnung zahl zahlung zeichen zeit zeitung zentrale zentrum ziel zins zug zusammenarbeit zuschlag zuschuss zustand
			zwang übergabe übernahme überschuss überwachung`,
		"nl": `aanbod aanpak aanslag aanvraag actie afdeling akkoord ambtenaar arbeid bank basis bedrijf behandeling
			beheer belang belasting beleid bescherming besluit bestand bestuur bijdrage bouw brand brief bureau campagne
			centrale centrum chef club commissie conferentie controle crisis debat dienst directeur eigenaar elftal energie
			examen fabriek fractie gebied gebouw gebruik geld gelegenheid gemeente groei groep grond haven hervorming huis
			hulp industrie inspectie instantie instell kabinet kamer kampioen kampioenschap kandidaat kantoor keuring
			klimaat kosten kracht kwestie laan land leden leider leiding leraar maatregel maatschappij macht markt medewerker
			meester middel minister ministerie misbruik motor museum nood norm officier onderhandeling onderneming onderwijs
			onderzoek oorlog opvang organisatie overheid overleg park partij personeel plaats plannen platform politie premie
			president prijs proble produc programma project raad ramp rapport recht rechtbank rechter regel regeling
			regering rijder ronde schap school sector seizoen speler sport staat staking station stelsel stemming steun stof
			straf stroom systeem tarief team tekort tijd toernooi toeslag trein uitbreiding uitgave uitkering uitspraak
			uitstoot vaart veiligheid verbod verbond verdachte verdrag vereniging vergadering verkeer verkiezing verlaging
			verlies vermindering verontreiniging vervoer verzekeraar verzekering vlucht voetbal voorstel voorziening vrouw
			wagen wapen water wedstrijd weg wereld werk werker werknemer wet wetenschap wetgeving winst wissel woning zaak
			zaken zorg`,
		"sv": `affär anläggning ansvar arbete avgift avtal bank beredning beredskap beslut besök bolag brott byrå center
			chef debatt departement direktör domare domstol energi fabrik fall fara flyg flygplats forskare forskning fråga
			förbund förening föreningen företag förhandling förlust förslag försvar försäkring grupp gräns hamn handel hjälp
			hus höjning industri initiativ insats institut kamp kandidat klubb kommission kommun konferens kontor kontroll
			kostnad kraft kraftverk krig kris kvinna land landskamp landslag ledamot ledamöter ledare ledning linje lista
			löfte lön marknad match medel medlem minister ministerium mottagande museum myndighet mästare mästerskap nivå nät
			olycka ombud omröstning organisation paket parti plats policy polis politik politiker premiär press pris problem
			process produk program projekt rapport reform regel regering region resa resultat riksdag rätt rättegång råd
			rörelse samarbete samhälle samling sektor sida sjukhus skada skatt skola skydd spelare sport stad start station
			stiftelse stopp strejk struktur ström styrelse stöd system säkerhet säsong tid tidning tjänst trafik träff
			tränare tåg undersökning union universitet uppdrag utbildning utredning utskott utsläpp vapen vatten verk verket
			verksamhet vägen värld vård ändring åklagare åtgärd ökning överenskommelse`,
		"da": `afgift aftale angreb anlæg ansvar arbejde bank behandling beredskab beslutning bestyrelse besøg bevægelse
			brand byggeri chef debat departement direktør dommer domstol drift energi fabrik fald fly flyvning fond forbund
			forening forhandling forhold forlig formand forsikring forsker forskning forslag forsvar forsyning gruppe grænse
			handel havn hjælp hus højskole indsats industri initiativ institut kamp kandidat klub kommission kommune
			konference kontor kontrol konvention kraft krig krise kvinde land landshold landskamp ledelse leder lettelse
			ligning linje læge løn marked medlem mester mesterskab middel minister ministerium museum myndighed møde navn
			niveau nævn område ordfører ordning organisation pakke parti plads politi politik politiker pris problem program
			projekt præsident rapport reform regel regering rejse ret retten råd samarbejde samfund samling sektor selskab
			sikkerhed skade skat skib skole spiller sport station stemme stop straf strejke strøm styrelse styrke støtte
			sygehus system tid tilbud tilladelse tilsyn tjeneste trafik træner tælling uddannelse udgift udslip udspil udvalg
			ulykke undersøgelse union universitet vagt valg valgene valget valgkamp vandet vej verden virksomhed våben værdi
			ændring økonomi`,
		"nb": `angrep anlegg ansvar arbeid avgift avtale bank behandling beredskap beslutning besøk bevegelse brann brudd
			debatt departement direktorat direktør dommer domstol drift endring energi fabrikk fall fly flyplass fond forbund
			forening forhandling forhold forlik formann forsikring forsker forskning forslag forsvar forsyning grense gruppe
			handel havn hjelp hus høgskole høring industri initiativ innsats institutt kamp kandidat klubb kommisjon kommune
			konferanse kontor kontroll konvensjon kraft krig krise kvinne land landskamp ledelse leder lettelse linje lønn
			mann marked medlem mester mesterskap middel minister ministerium museum myndighet møte nemnd nivå område ordfører
			ordning organisasjon pakke parti plass politi politiker politikk president pris problem program prosjekt rapport
			reform regel regjering reise rett rettssak råd samarbeid samfunn samling sektor selskap sikkerhet skade skatt
			skip skole spiller sport stasjon stemme stopp straff streik strøm styre styrke støtte sykehus system tid tilbud
			tillatelse tilsyn tjeneste trafikk trener ulykke undersøkelse union universitet utbygging utdanning utgift
			utslipp utvalg vakt valg valgene valget valgkamp vann veien verden verdi virksomhet våpen økning økonomi`,
		"fi": `ammatti asema edustaja ehdokas eläke hallinto hallitus hanke hinta hoito huolto johtaja järjestelmä
			järjestö jäsen kampanja kansa kauppa keskus kilpailu kokous korotus koulu kriisi kuljetus kulut kustannus kysely
			käsittely käyttö laitos lakko lautakunta leikkaus lento liikenne liitto maksu markkina matka mestari mestaruus
			ministeri ministeriö muutos neuvosto neuvottelu ohjelma oikeus onnettomuus opetus osasto paikka palkka palvelu
			parlamentti pelaaja poliisi politiikka presidentti puolue päivä päällikkö päätös raha raja ratkaisu rikos ryhmä
			sairaala sopimus sota suunnitelma taistelu talo talous tapahtuma tehtävä teollisuus tieto toiminta toimittaja
			tuki tuotanto turva turvallisuus tutkija tutkimus työ uudistus uutiset vaali vaalit vakuutus valiokunta valtio
			valvonta vastuu verkko vero viranomainen virasto voima yhdistys yhtiö ympäristö yritys`,
	} {
		parts[lang] = strings.Fields(words)
		slices.Sort(parts[lang])
		parts[lang] = slices.Compact(parts[lang])
	}
	parts["no"], parts["nn"] = parts["nb"], parts["nb"]
	return parts
})
