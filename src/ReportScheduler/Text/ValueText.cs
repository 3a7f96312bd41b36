using System.Globalization;

namespace ReportScheduler.Text;

/// <summary>Values of the types that a query takes, as text from which the same value comes back.</summary>
internal static class ValueText
{
    /// <summary>The types by their .NET names. Bytes are not among them: they are an array.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Types = new[]
    {
        typeof(string), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(float), typeof(double),
        typeof(decimal), typeof(char), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <param name="value">One of <see cref="Types"/>, or bytes. A duration is its ticks.</param>
    /// <returns>Null for any other type.</returns>
    public static string? Of(object value) => value switch
    {
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.Ticks.ToString(CultureInfo.InvariantCulture),
        _ => Types.ContainsKey(value.GetType().Name) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null,
    };

    /// <param name="text">What <see cref="Of"/> made, or what a person wrote for such a value.</param>
    /// <param name="type">One of <see cref="Types"/>, or that of bytes.</param>
    /// <exception cref="FormatException">It is no such value. OverflowException: it is out of range.</exception>
    public static object Parse(string text, Type type)
    {
        var culture = CultureInfo.InvariantCulture;
        return type == typeof(DateTime) ? DateTime.Parse(text, culture, DateTimeStyles.RoundtripKind)
            : type == typeof(DateTimeOffset) ? DateTimeOffset.Parse(text, culture, DateTimeStyles.AssumeUniversal)
            : type == typeof(DateOnly) ? DateOnly.Parse(text, culture)
            : type == typeof(TimeOnly) ? TimeOnly.Parse(text, culture)
            : type == typeof(TimeSpan) ? new TimeSpan(long.Parse(text, culture))
            : type == typeof(Guid) ? Guid.Parse(text)
            : type == typeof(byte[]) ? Convert.FromBase64String(text)
            : Convert.ChangeType(text, type, culture);
    }
}
