namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>Writes PostgreSQL timestamps outside of the years 1 to 9999, which .NET does not have.</summary>
internal static class PostgresCalendar
{
    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>The Gregorian calendar repeats every 400 years, 146,097 days.</summary>
    private const long DaysPerCycle = 146_097;

    public static string Text(long microsSince2000)
    {
        var days = Math.DivRem(microsSince2000, MicrosPerDay, out var micros);
        if (micros < 0)
        {
            (days, micros) = (days - 1, micros + MicrosPerDay);
        }

        var cycles = (long)Math.Floor((double)days / DaysPerCycle);
        var time = new DateTime(2000, 1, 1).AddDays(days - (cycles * DaysPerCycle)).AddTicks(micros * TimeSpan.TicksPerMicrosecond);
        var year = time.Year + (cycles * 400);
        var clock = time.ToString(micros % 1_000_000 == 0 ? "MM-dd HH:mm:ss" : "MM-dd HH:mm:ss.FFFFFF",
            System.Globalization.CultureInfo.InvariantCulture);
        return year > 0 ? $"{year:0000}-{clock}" : $"{1 - year:0000}-{clock} BC";
    }
}
