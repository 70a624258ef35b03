package io.loadcast.feed;

import java.time.ZonedDateTime;

/**
 * How the load of a temperate, industrial region runs through the day: two peaks in winter, one broad one in summer, a lower and
 * later morning at weekends. The numbers are rounded averages over many regions and years; 1000 is the yearly mean.
 */
final class DailyProfile {
    private static final int DAY_TYPES = 3; // weekday, Saturday, Sunday
    private static final double[] MIDDLE_OF_SEASON = {30, 105, 212, 288, 30 + 365}; // day of year

    // Winter, spring, summer, autumn, each as weekday, Saturday, Sunday; from hour 0 to 23 of local time.
    private static final int[][] PER_MILLE = {
        {
            978, 958, 951, 955, 978, 1038, 1138, 1196, 1192, 1175, 1161, 1142, 1124, 1109, 1095, 1090, 1108, 1164, 1209,
            1206, 1189, 1151, 1092, 1030
        },
        {
            984, 959, 948, 945, 954, 977, 1016, 1056, 1085, 1097, 1092, 1075, 1051, 1027, 1007, 1000, 1016, 1068, 1113,
            1112, 1099, 1075, 1037, 992
        },
        {
            950, 926, 915, 913, 919, 936, 966, 998, 1024, 1034, 1027, 1015, 1003, 989, 977, 975, 998, 1059, 1109, 1112,
            1101, 1070, 1026, 979
        },
        {
            770, 742, 728, 726, 742, 796, 890, 945, 960, 964, 968, 967, 963, 961, 956, 949, 948, 947, 942, 951, 982,
            959, 897, 827
        },
        {
            762, 729, 712, 705, 708, 726, 757, 792, 834, 863, 875, 874, 867, 855, 844, 839, 840, 844, 847, 859, 891,
            880, 840, 789
        },
        {
            745, 715, 699, 693, 694, 708, 730, 756, 792, 816, 824, 825, 825, 819, 812, 809, 815, 825, 835, 858, 901,
            887, 837, 780
        },
        {
            982, 923, 884, 861, 860, 893, 951, 1018, 1089, 1156, 1224, 1281, 1327, 1365, 1391, 1405, 1412, 1404, 1373,
            1326, 1296, 1259, 1173, 1072
        },
        {
            962, 902, 860, 832, 818, 821, 831, 869, 944, 1024, 1096, 1153, 1194, 1222, 1242, 1257, 1266, 1263, 1239,
            1199, 1173, 1147, 1082, 1003
        },
        {
            931, 875, 835, 807, 792, 788, 788, 817, 889, 970, 1044, 1108, 1161, 1200, 1229, 1252, 1269, 1275, 1258,
            1224, 1204, 1178, 1108, 1022
        },
        {
            764, 733, 717, 713, 726, 778, 878, 945, 957, 965, 974, 978, 980, 983, 981, 978, 979, 982, 998, 1021, 1003,
            959, 894, 824
        },
        {
            763, 729, 710, 700, 700, 717, 751, 793, 834, 867, 884, 886, 882, 874, 866, 862, 864, 869, 887, 913, 901,
            873, 830, 780
        },
        {
            735, 701, 685, 675, 675, 685, 710, 740, 778, 808, 821, 829, 835, 835, 834, 835, 844, 861, 890, 927, 919,
            881, 830, 775
        },
    };

    private DailyProfile() {}

    /** Load over its yearly mean; seasons blend into one another. */
    static double at(ZonedDateTime local) {
        double day = local.getDayOfYear() < MIDDLE_OF_SEASON[0] ? local.getDayOfYear() + 365 : local.getDayOfYear();
        int season = 0;
        while (day >= MIDDLE_OF_SEASON[season + 1] && season < 3) {
            season++;
        }
        double share = (day - MIDDLE_OF_SEASON[season]) / (MIDDLE_OF_SEASON[season + 1] - MIDDLE_OF_SEASON[season]);
        double later = (1 - StrictMath.cos(Math.PI * Math.min(1, share))) / 2;
        return (1 - later) * inSeason(season, local) + later * inSeason((season + 1) % 4, local);
    }

    private static double inSeason(int season, ZonedDateTime local) {
        int dayType = Math.max(0, local.getDayOfWeek().getValue() - 5);
        return PER_MILLE[season * DAY_TYPES + dayType][local.getHour()] / 1000.0;
    }
}
