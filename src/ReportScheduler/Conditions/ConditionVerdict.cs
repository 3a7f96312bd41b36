using System.Globalization;
using ReportScheduler.Rows;
using ReportScheduler.Sources;
using ReportScheduler.Time;

namespace ReportScheduler.Conditions;

/// <summary>Decides whether a condition holds of a result.</summary>
/// <remarks>A comparison with nothing, such as the largest of no values, does not hold.</remarks>
/// <param name="condition">The condition.</param>
/// <param name="watch">The figures of the result.</param>
/// <param name="dueAt">The instant that relative dates count from.</param>
/// <param name="zone">The zone whose calendar they follow.</param>
internal sealed class ConditionVerdict(Condition condition, ConditionWatch watch, DateTimeOffset dueAt, TimeZoneInfo zone)
{
    /// <exception cref="ReportException">A column is not there, or values of two kinds are compared.</exception>
    public bool Holds() => Holds(condition.Root);

    /// <summary>The figures as people read them, such as <c>rows = 3, max(lag_s) = 12</c>.</summary>
    public string Found() => string.Join(", ",
        condition.Figures().DistinctBy(figure => figure.Text).Select(figure => $"{figure.Text} = {Shown(watch.Of(figure).Value)}"));

    private bool Holds(ConditionNode node) => node switch
    {
        // both sides are looked at: what cannot be compared is an error whatever the other side says
        ConditionNode.Either either => Holds(either.Left) | Holds(either.Right),
        ConditionNode.Both both => Holds(both.Left) & Holds(both.Right),
        ConditionNode.Not not => !Holds(not.Operand),
        ConditionNode.Comparison comparison => Compare(comparison),
        _ => false,
    };

    private bool Compare(ConditionNode.Comparison comparison)
    {
        var (left, right) = (Value(comparison.Left), Value(comparison.Right));
        if (left is null || right is null)
        {
            return false;
        }

        if (!ConditionValue.TryCompare(left, right, zone, out var order))
        {
            throw ConditionErrors.ConditionTypesDiffer(condition.Text, comparison.Left.Text, ConditionValue.Words(left),
                comparison.Right.Text, ConditionValue.Words(right));
        }

        return comparison.Sign switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            "=" => order == 0,
            "<>" => order != 0,
            ">=" => order >= 0,
            _ => order > 0,
        };
    }

    private object? Value(ConditionTerm term) => term switch
    {
        ConditionTerm.Fixed { Value: RelativeDate date } => date.Resolve(dueAt, zone),
        ConditionTerm.Fixed { Value: var value } => value,
        ConditionTerm.Figure figure => watch.Of(figure) is var (cell, column) ? ConditionValue.Of(cell, column) : null,
        _ => null,
    };

    private static string Shown(Cell cell) => ConditionValue.Of(cell, null) switch
    {
        null => "nothing",
        string text => $"'{(text.Length <= 50 ? text : text[..50] + "...")}'",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset instant => InstantText.Of(instant),
        TimeSpan span => DurationText.Format(span),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => $"{other}",
    };
}
