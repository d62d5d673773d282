"""Which of ASCOF's measures a number or a sheet means, and the bounds of each measure's median."""

from __future__ import annotations

#: Sheets of the time series: item of the seed, and words that its title must have.
SERIES = {
    "Table_1a": ("SCRQOL", "social care-related quality of life score"),
    "Table_1b": ("SCRQOL_ADJ", "adjusted social care-related quality of life"),
    "Table_1c": ("CARER_QOL", "carer-reported quality of life"),
    "Table_1d": ("SAT_USERS", "overall satisfaction of people who use services"),
    "Table_1e": ("SAT_CARERS", "overall satisfaction of carers"),
    "Table_2a": ("STMAX", "received reablement during the year"),
    "Table_2b": ("ADM_1864", "aged 18 to 64 whose long-term support needs"),
    "Table_2c": ("ADM_65", "aged 65 and over whose long-term support needs"),
    "Table_2d(1)": ("HOME12W", "remained in the community within 12 weeks"),
    "Table_2d(2)": ("REABL_OFFER12W", "who received reablement services"),
    "Table_2e(1)": ("LD_HOME", "with a learning disability"),
    "Table_2e(2a)": ("LTS_HOME_1864", "live in their home or with family, aged 18 to 64"),
    "Table_2e(2b)": ("LTS_HOME_65", "live in their home or with family, aged 65 and over"),
    "Table_3a": ("CONTROL", "control over their daily life"),
    "Table_3b": ("CONSULTED", "included or consulted in discussion"),
    "Table_3c(1)": ("INFO_USERS", "people who use services who find it easy to find information"),
    "Table_3c(2)": ("INFO_CARERS", "carers who find it easy to find information"),
    "Table_3d(1a)": ("SDS_USERS", "care users who receive self-directed support"),
    "Table_3d(2a)": ("DP_USERS", "care users who receive direct payments"),
    "Table_4a": ("SAFE", "people who use services who feel safe"),
    "Table_4b": ("S42_RISK", "section 42 safeguarding enquiries"),
    "Table_5a(1)": ("SOCIAL_USERS", "people who use services who reported that they had as much social"),
    "Table_5a(2)": ("SOCIAL_CARERS", "carers who reported that they had as much social"),
    "Table_6a": ("TURNOVER", "staff in the formal care workforce leaving"),
    "Table_6b": ("CQC_RES_GOOD", "providers rated good or outstanding"),
}
#: How open data spells all users, what is printed of them, and what that is out of.
TOTAL, OUTCOME, DENOMINATOR = ("total", ""), ("outcome", ""), "denominator"
#: Bounds of the median, against a percentage that becomes a fraction; most measures are percentages.
PERCENT = (1.0, 100.0)
MEDIANS = {
    "SCRQOL": (10.0, 24.0),
    "SCRQOL_ADJ": (0.2, 0.8),
    "CARER_QOL": (4.0, 12.0),
    "ADM_1864": (4.0, 60.0),
    "ADM_1864_1415": (4.0, 60.0),
    "ADM_65": (150.0, 2_000.0),
    "ADM_65_1415": (150.0, 2_000.0),
    "DTOC": (1.5, 60.0),
    "DTOC_ASC": (0.5, 30.0),
    "DTOC_JOINT": (0.05, 10.0),
}
#: Measures whose denominator is a count of people in the councils' own returns. Those of the surveys are the
#: users whom answers stand for, those of rates are populations, and LD_EMPLOY has that of LD_HOME.
COUNTED = frozenset(
    {
        "DP_USERS",
        "HOME12W",
        "HOME91",
        "LD_HOME",
        "LTS_HOME_1864",
        "LTS_HOME_65",
        "REABL_OFFER",
        "REABL_OFFER12W",
        "STMAX",
    }
)
#: Numbers to 2022-23, without their brackets, to items of the seed.
TO_2022_23 = {
    "1A": "SCRQOL",
    "1B": "CONTROL",
    "1C1A": "SDS_USERS",
    "1C1B": "SDS_CARERS",
    "1C2A": "DP_USERS",
    "1C2B": "DP_CARERS",
    "1D": "CARER_QOL",
    "1E": "LD_EMPLOY",
    "1F": "MH_EMPLOY",
    "1G": "LD_HOME",
    "1H": "MH_INDEP",
    "1I1": "SOCIAL_USERS",
    "1I2": "SOCIAL_CARERS",
    "1J": "SCRQOL_ADJ",
    "2A1": "ADM_1864",
    "2A1_1415": "ADM_1864_1415",
    "2A2": "ADM_65",
    "2A2_1415": "ADM_65_1415",
    "2B1": "HOME91",
    "2B2": "REABL_OFFER",
    "2C1": "DTOC",
    "2C2": "DTOC_ASC",
    "2C3": "DTOC_JOINT",
    "2D": "STMAX",
    "3A": "SAT_USERS",
    "3B": "SAT_CARERS",
    "3C": "CONSULTED",
    "3D1": "INFO_USERS",
    "3D2": "INFO_CARERS",
    "4A": "SAFE",
    "4B": "SAFE_SERVICES",
}
IN_2023_24 = {
    "1A": "SCRQOL",
    "1B": "SCRQOL_ADJ",
    "1C": "CARER_QOL",
    "1D": "SAT_USERS",
    "1E": "SAT_CARERS",
    "2A": "STMAX",
    "2B": "ADM_1864",
    "2C": "ADM_65",
    "2D1": "HOME91",
    "2D2": "REABL_OFFER",
    "2E": "LD_HOME",
    "3A": "CONTROL",
    "3B": "CONSULTED",
    "3C1": "INFO_USERS",
    "3C2": "INFO_CARERS",
    "3D1A": "SDS_USERS",
    "3D1B": "SDS_CARERS",
    "3D2A": "DP_USERS",
    "3D2B": "DP_CARERS",
    "4A": "SAFE",
    "5A1": "SOCIAL_USERS",
    "5A2": "SOCIAL_CARERS",
}
LISTS = {"2023-24": IN_2023_24} | {f"{year}-{year - 1999}": TO_2022_23 for year in range(2014, 2023)}
