"""One invented report, and what became of it: reposts of each kind, another report, another event."""

from dataclasses import replace

from reframing.documents.records import Article

ORIGINAL = Article(
    id="ferry/1-original",
    title="Ferry to Skarholm may stay in port until May, operator says",
    outlet="The Tern Post",
    published="2024-03-04T07:40:00Z",
    body="""\
The ferry between Tern and Skarholm may stay in port until 12 May because of a crack in its hull, the \
operator Norrlinje said on Monday.
Divers found the crack, about 40 centimetres long, during a routine inspection last week. "We will not \
sail with a damaged hull," said Marit Vold, the head of operations at Norrlinje.
The island of Skarholm has 620 residents and no bridge to the mainland. A smaller boat, the Alke, will \
carry up to 48 passengers three times a day.
According to the regional council, goods will be flown in twice a week. Mayor Jonas Reit said the \
island's school could be closed on stormy days.
Norrlinje bought the ferry in 2011 for 9.5 million crowns. The repair is expected to cost 1.3 million.
The company did not say who would pay for it.
""",
)

TRIMMED = replace(
    ORIGINAL,
    id="ferry/2-trimmed",
    outlet="Coast Wire",
    published="2024-03-04T09:00:00Z",
    body="\n".join(ORIGINAL.body.splitlines()[:3]) + "\n",
)

EDITED = Article(
    id="ferry/3-edited",
    title="Skarholm ferry in port until May",
    outlet="Harbour Day",
    published="2024-03-04T12:00:00Z",
    body="""\
The ferry between Tern and Skarholm will stay in port until 12 May because of a crack in its hull, its \
operator Norrlinje said on Monday.
Divers found the crack, about 40 centimetres long, in a routine inspection last week. "We will not sail \
with a damaged hull," said Marit Vold of Norrlinje.
Skarholm has 620 residents and no bridge to the mainland. A smaller boat, the Alke, will carry up to 48 \
passengers several times a day.
Goods will be flown in twice a week. Mayor Jonas Reit said the island's school could be closed on bad days.
""",
)

RETOLD = Article(
    id="ferry/4-retold",
    title="Island cut off: what we know of the Skarholm ferry",
    outlet="Brief Today",
    published="2024-03-05T06:00:00Z",
    body="""\
Residents of Skarholm must do without their ferry for about two months. Norrlinje, which runs the \
service from Tern, is keeping the vessel in port until 12 May, after an inspection by divers showed \
that its hull was cracked over 40 centimetres.
Marit Vold of Norrlinje insisted that a ferry with hull damage would not go to sea.
For the 620 people of the island, who have no bridge, the small boat Alke will run three times daily \
with room for 48 passengers. Goods are to arrive by air, the regional council says, and mayor Jonas \
Reit has warned that stormy days could close the school.
The ferry cost Norrlinje 9.5 million crowns in 2011; repairing it may take 1.3 million.
""",
)

INDEPENDENT = Article(
    id="ferry/5-independent",
    title="Farmers fear for lambing as Skarholm ferry is laid up",
    outlet="Field and Fold",
    published="2024-03-04T07:10:00Z",
    body="""\
Sheep farmers on Skarholm do not know how they will bring feed to the island this spring, now that the \
ferry of Norrlinje is laid up with a damaged hull.
"I have 210 ewes and hay for nine days," said Berit Lunde, who farms near the old lighthouse. She has \
asked the army for a landing craft.
The ferry is to stay in port until 12 May, and the 620 residents have no bridge. Norrlinje told this \
paper that the Alke cannot take livestock or fodder. A spokesman, Olav Brekke, spoke of weeks rather \
than days.
The farmers' union wants the county to charter a barge from Tern. A vet from the mainland, Siri Moe, \
offered to fly over at her own cost.
""",
)

ELSEWHERE = Article(
    id="museum/1",
    title="Museum buys clockmaker's workshop",
    outlet="Lantern Weekly",
    published="2024-03-04T08:00:00Z",
    body="""\
The town museum of Aldenau has bought the workshop of the clockmaker Franz Tiller, with 74 clocks and \
all his tools, for a sum that it did not disclose.
"Nothing in it has been moved since 1932," said the curator, Helene Asch. The workshop is to open to \
visitors in the autumn.
A foundation in Bremmen paid two thirds of the price. Tiller's granddaughter gave the letters for free.
""",
)

REPOSTS = (TRIMMED, EDITED, RETOLD)
FERRY = (ORIGINAL, *REPOSTS, INDEPENDENT)


def report(id: str, *sentences: str, **fields: str) -> Article:
    """An article of one sentence a line."""
    return Article(id=id, body="\n".join(sentences), **fields)
