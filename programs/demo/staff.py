"""Two invented practices and the people who work in them. Nobody here exists."""

from __future__ import annotations

from typing import Final

from clinic.demo import EMAIL
from programs.demo.plan import Person, PracticePlan

PEOPLE: Final = (
    Person("alice", "Alice Archer", EMAIL, "BSc (Hons) Physiotherapy"),
    Person("bob", "Bob Brown", "bob@harbour.example", "MSc Physiotherapy"),
    Person("dana", "Dana Delling", "dana@harbour.example", "BSc Physiotherapy"),
    Person("charlie", "Charlie Cole", "charlie@hillside.example", "DPT"),
)

PRACTICES: Final = (
    PracticePlan(
        {
            "name": "Harbour Physiotherapy",
            "address_line_1": "4 Netloft Row",
            "city": "Saltwick Bay",
            "postcode": "ZZ1 4PT",
            "country": "United Kingdom",
            "phone": "01632 960114",
            "time_zone": "Europe/London",
            "paper_size": "A4",
            "emergency_number": "999",
            "out_of_hours": "Call 111 for advice, day or night.",
        },
        owner="alice",
        clinicians=("bob", "dana"),
    ),
    PracticePlan(
        {
            "name": "Hillside Physical Therapy",
            "address_line_1": "220 Orchard Hill Road",
            "city": "Maple Notch",
            "postcode": "00002",
            "country": "United States",
            "phone": "(555) 010-0142",
            "time_zone": "America/New_York",
            "paper_size": "Letter",
            "emergency_number": "911",
            "out_of_hours": "Call your doctor's after-hours line.",
        },
        owner="charlie",
        # Dana works in both, so that switching between practices can be tried.
        clinicians=("dana",),
    ),
)
