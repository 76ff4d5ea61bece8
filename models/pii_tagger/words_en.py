"""Pieces from which English workplaces and places are made up."""

from __future__ import annotations

from coach.language.words import words


def _names(text: str) -> list[str]:
    """Names of several words, parted by semicolons."""
    return [name.strip() for name in text.split(";")]


EMPLOYERS = _names(
    """
Tesco; Asda; Sainsbury's; Morrisons; Aldi; Lidl; Waitrose; Marks and Spencer; Boots; Greggs; Costa;
Starbucks; McDonald's; Burger King; KFC; Subway; Domino's; Pizza Hut; Nando's; Wetherspoons; Premier
Inn; Travelodge; Hilton; Marriott; Holiday Inn; Walmart; Target; Kroger; Publix; Safeway; Costco; Home
Depot; Lowe's; Best Buy; Walgreens; CVS; Rite Aid; Dollar General; Dollar Tree; Family Dollar; Amazon;
FedEx; UPS; DHL; Royal Mail; the Post Office; Uber; Lyft; DoorDash; Deliveroo; Just Eat; Instacart;
Evri; DPD; Yodel; Ford; Toyota; Honda; Nissan; Tesla; General Motors; Chrysler; Rolls-Royce; Boeing;
Airbus; BAE Systems; Siemens; Bosch; Caterpillar; John Deere; Whirlpool; Tyson; Smithfield; Cargill;
Nestle; Pepsi; Coca-Cola; Heinz; Kellogg's; Cadbury; Unilever; Procter and Gamble; Serco; G4S; Capita;
Mitie; Sodexo; Compass; Aramark; ISS; Securitas; Adecco; Randstad; Manpower; Kelly Services; Hays; Reed;
Verizon; AT&T; T-Mobile; Comcast; Vodafone; BT; EE; Sky; Virgin Media; British Gas; Network Rail;
Stagecoach; First Bus; Arriva; National Express; Greyhound; Delta; Southwest; Ryanair; EasyJet; Gatwick;
Heathrow; the NHS; the council; the Army; Primark; Next; Argos; Currys; Halfords; B&Q; Wickes; Screwfix;
Ikea; Poundland; Iceland; Co-op; Waffle House; Denny's; Applebee's; Olive Garden; Cracker Barrel;
Chili's; Taco Bell; Wendy's; Chipotle; Sonic; Arby's; Dunkin'; Sheetz; Wawa; Circle K; Shell; BP
"""
)
HEADS = words(
    "Oak Ash Elm Maple Cedar Pine Willow Birch Hazel Holly Rose Thorn Fern Stone Brook River Lake Hill "
    "Dale Moor Heath Mill Bridge Ford Church Abbey Castle King Queen Prince Victoria Albert George Park "
    "Green Grove Wood Field Meadow West East North South New Old High Low Long White Black Red Silver "
    "Golden Bright Clear Spring Summer Winter Sun Moon Star Eagle Hawk Falcon Robin Swan Fox Wolf Bear "
    "Lion Harper Dawson Calder Hansen Fletcher Mason Cooper Turner Walker Parker Hunter Marsh Lowell "
    "Ashford Bradley Carlton Denham Elmwood Fairview Glenn Hamilton Irving Jefferson Kingsley Langley "
    "Madison Norfolk Orchard Preston Quincy Richmond Sheridan Thornton Underwood Vernon Wellington York "
    "Zion Lincoln Washington Franklin Jackson Monroe Cavendish Priory Station Market Dock Harbour Beacon "
    "Chapel Mercer Union"
)
TRADES = words(
    "Logistics Plumbing Electrical Motors Bakery Foods Farms Dairy Steel Timber Builders Construction "
    "Roofing Flooring Windows Kitchens Furniture Textiles Printing Packaging Plastics Engineering Systems "
    "Solutions Software Media Homecare Healthcare Dental Pharmacy Clinic Hospital Vets Nursery Academy "
    "School College University Primary High Cleaning Security Catering Hotel Inn Diner Grill Cafe Bar Pub "
    "Salon Gym Garage Autos Tyres Haulage Transport Freight Couriers Taxis Coaches Airlines Shipping "
    "Fisheries Mills Mining Quarries Energy Power Water Telecom Insurance Estates Homes Lettings "
    "Properties Staffing Recruitment Supermarket Stores Outfitters Jewellers Florists Nurseries "
    "Landscaping Manufacturing Industries Group"
)
STREET_KIND = words(
    "Street Street Road Road Avenue Lane Close Court Drive Crescent Grove Terrace Way Place Square "
    "Boulevard Hill Row Gardens Mews Parade Walk Parkway Circle Trail Highway Park Green Rise View"
)
ESTATE_KIND = words(
    "Court House Lodge Towers Mansions Heights Apartments Gardens Park Estate Point Wharf Village Commons"
)
TOWNS = words(
    "Leeds Truro Exeter Preston Wigan Hull Derby Luton Swindon Cardiff Dundee Perth Austin Dallas Tulsa "
    "Akron Toledo Fresno Reno Boise Omaha Macon Salem Dayton Mobile Memphis Newark Albany Buffalo Toronto "
    "Leicester Bolton"
)
TITLES = words("Mr Mr Mr Mrs Mrs Ms Ms Miss Dr Sir Madam Pastor Officer Professor Judge Aunt Uncle Big")
UNITS = words("Flat Apartment Unit Suite Apt")
SMALL = words("one two three four five six seven eight nine")
TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
GENERIC_WORK = _names(
    """
home; the office; a warehouse; a factory; nights; the moment; a school; the hospital; a garage; a shop;
a restaurant; least; all; the bank; work; my place; a care home; the weekend; an agency; a bar; two
jobs; a builder; the desk; the till; lunch; my mum's; school; church; the airport; a hotel; a call
centre; minimum wage
"""
)
