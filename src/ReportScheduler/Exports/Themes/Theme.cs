namespace ReportScheduler.Exports.Themes;

/// <summary>The colours of every output: PDF, workbook, HTML, mail and charts read them here.</summary>
/// <param name="Light">On white paper.</param>
/// <param name="Dark">For programs in dark mode.</param>
internal sealed record Theme(Shades Light, Shades Dark)
{
    /// <summary>What text needs at least of WCAG 2 (1.4.3).</summary>
    public const double LeastContrast = 4.5;

    /// <summary>The faces of mail and HTML; Outlook inherits none, so each element of a mail names them.</summary>
    public const string Fonts = "'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    /// <summary>The theme of a report that names none.</summary>
    public static Theme Standard { get; } = new(
        new Shades
        {
            Desk = Rgb.Of("#F4F6F8"),
            Paper = Rgb.Of("#FFFFFF"),
            Ink = Rgb.Of("#1B1F24"),
            Muted = Rgb.Of("#5B6675"),
            Line = Rgb.Of("#E5E8EC"),
            Stripe = Rgb.Of("#F8F9FB"),
            Accent = Rgb.Of("#2563A6"),
            Good = Rgb.Of("#1A7F4B"),
            Bad = Rgb.Of("#B42318"),
            Warning = Rgb.Of("#B54708"),
            Series = [.. new[] { "#2563A6", "#E07B39", "#2A9D8F", "#B23A48", "#7A5BA8", "#8A94A3" }.Select(Rgb.Of)],
        },
        new Shades
        {
            Desk = Rgb.Of("#0F1419"),
            Paper = Rgb.Of("#171D25"),
            Ink = Rgb.Of("#E6EAEF"),
            Muted = Rgb.Of("#A3AEBC"),
            Line = Rgb.Of("#333D49"),
            Stripe = Rgb.Of("#1C242D"),
            Accent = Rgb.Of("#7FB2E8"),
            Good = Rgb.Of("#5CC98C"),
            Bad = Rgb.Of("#F2867C"),
            Warning = Rgb.Of("#F0A15E"),
            Series = [.. new[] { "#6BA3E0", "#F0A268", "#5CC4B8", "#E07A88", "#AE93D6", "#AAB3C0" }.Select(Rgb.Of)],
        });
}
