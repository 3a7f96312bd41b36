namespace ReportScheduler.Exports.Drawing;

/// <param name="Size">In points.</param>
/// <param name="Color">0xRRGGBB.</param>
/// <param name="IsBold">Whether it is bold.</param>
internal sealed record TextStyle(float Size, int Color, bool IsBold = false)
{
    public static TextStyle Title { get; } = new(Look.TitleSize, Look.Ink, IsBold: true);

    public static TextStyle Heading { get; } = new(Look.HeadingSize, Look.Ink, IsBold: true);

    public static TextStyle Header { get; } = new(Look.TextSize, Look.Ink, IsBold: true);

    public static TextStyle Cell { get; } = new(Look.TextSize, Look.Ink);

    /// <summary>For what is not there: SQL NULL.</summary>
    public static TextStyle Nothing { get; } = new(Look.TextSize, Look.Muted);

    public static TextStyle Link { get; } = new(Look.TextSize, Look.Accent);

    public static TextStyle Total { get; } = new(Look.TextSize, Look.Ink, IsBold: true);

    public static TextStyle Note { get; } = new(Look.NoteSize, Look.Muted);

    /// <summary>From one base line to the next.</summary>
    public float LineHeight => Size * Look.LineHeight / Look.TextSize;
}
