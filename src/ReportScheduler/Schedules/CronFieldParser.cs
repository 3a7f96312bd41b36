using System.Globalization;

namespace ReportScheduler.Schedules;

/// <summary>Reads one field of cron text: lists of values, names, ranges that may wrap, steps, and the day rules L, W and #.</summary>
internal sealed class CronFieldParser(CronField field, string cron)
{
    private readonly List<CronDayRule> rules = [];
    private ulong bits;
    private bool repeats;

    /// <exception cref="ReportException">The field does not follow the grammar.</exception>
    public CronValues Parse(string text)
    {
        foreach (var item in text.Split(','))
        {
            if (item.Length == 0)
            {
                throw Bad($"the {field.Name} has nothing between two commas");
            }

            if (!AddDayRule(item.ToUpperInvariant()))
            {
                AddRange(item);
            }
        }

        return new CronValues(field, bits, rules, repeats);
    }

    private void AddRange(string item)
    {
        var slash = item.Split('/');
        if (slash.Length > 2)
        {
            throw Bad($"'{item}' in the {field.Name} has more than one step");
        }

        var step = slash.Length == 2 ? Step(slash[1]) : 1;
        var (from, to) = Ends(slash[0], open: slash.Length == 2);
        repeats |= field.IsTime && (slash.Length == 2 || slash[0] == "*" || slash[0].Contains('-', StringComparison.Ordinal));
        // 22-2 goes past midnight
        for (var value = from; value <= (to < from ? to + field.Span : to); value += step)
        {
            bits |= 1UL << (field.Min + (value - field.Min) % field.Span);
        }
    }

    private (int From, int To) Ends(string range, bool open)
    {
        if (range == "*" || (range == "?" && field.IsDay && !open))
        {
            return (field.Min, field.Min + field.Span - 1);
        }

        if (range == "?")
        {
            throw Bad("? stands alone in the day of month or the day of week only");
        }

        var ends = range.Split('-');
        if (ends.Length > 2 || ends.Contains(""))
        {
            throw Bad($"'{range}' in the {field.Name} is not a range such as {field.Min}-{field.Min + 2}");
        }

        var from = Value(ends[0]);
        if (ends.Length == 1)
        {
            return (from, open ? field.Min + field.Span - 1 : from);
        }

        var to = Value(ends[1]);
        return from == 7 && field == CronField.DayOfWeek ? (0, to % 7) : (from, to);
    }

    private bool AddDayRule(string item)
    {
        var rule = field == CronField.DayOfMonth ? MonthRule(item) : field == CronField.DayOfWeek ? WeekRule(item) : null;
        if (rule is null)
        {
            return false;
        }

        rules.Add(rule);
        return true;
    }

    private CronDayRule? MonthRule(string item)
    {
        var weekday = item.EndsWith('W');
        var day = weekday ? item[..^1] : item;
        if (day.StartsWith('L'))
        {
            var before = day.Length == 1 ? 0 : day[1] == '-' ? Number(day[2..], 0, 30, "the number of days before the last (L-3)") : -1;
            return before < 0 ? null : weekday ? CronDayRule.WeekdayNearLast(before) : CronDayRule.LastDay(before);
        }

        return weekday ? CronDayRule.WeekdayNear(Number(day, 1, 31, "the day of month before W")) : null;
    }

    private CronDayRule? WeekRule(string item)
    {
        if (item.Split('#') is [var day, var nth])
        {
            return CronDayRule.NthWeekday(Value(day) % 7, Number(nth, 1, 5, "the number after #"));
        }

        if (item == "L")
        {
            throw Bad("L in the day of week needs a day before it, such as 5L or FRIL for the last Friday; "
                + "L in the day of month is the last day");
        }

        return item.EndsWith('L') ? CronDayRule.LastWeekday(Value(item[..^1]) % 7) : null;
    }

    private int Value(string text)
    {
        var word = Array.FindIndex(field.Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (word >= 0)
        {
            return field.Min + word;
        }

        if (!IsNumber(text))
        {
            throw Bad($"'{text}' is not a {field.Name}; it must be {field.Allowed}");
        }

        return Number(text, field.Min, field.Max, $"the {field.Name}");
    }

    private int Step(string text) => Number(text, 1, field.Span, $"the step of the {field.Name}");

    private int Number(string text, int min, int max, string what) =>
        IsNumber(text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max
            ? number
            : throw Bad($"{what} must be between {min} and {max}");

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private ReportException Bad(string why) => ScheduleErrors.NotASchedule(cron, why);
}
