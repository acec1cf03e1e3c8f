"""Heat that flowing water carries, in Gcal/h and MW."""

MW_PER_GCAL_H = 1.163
"""Of the international calorie, in which heat is sold: 4.1868 GJ in an hour."""
T_H_PER_KG_S = 3.6


def heat_gcal_h(flow_t_h: float, supply: float, returned: float) -> float:
    """Q = G x (T1 - T2) / 1000: of water at 1 kcal/(kg.degC), flow in t/h, temperatures in degC."""
    return flow_t_h * (supply - returned) / 1000


def in_mw(gcal_h: float) -> float:
    """The same power in MW."""
    return gcal_h * MW_PER_GCAL_H


def in_t_h(kg_s: float) -> float:
    """A flow of kg/s in t/h."""
    return kg_s * T_H_PER_KG_S
