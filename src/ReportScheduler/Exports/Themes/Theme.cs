namespace ReportScheduler.Exports.Themes;

/// <summary>The colours of every output: PDF, workbook, HTML, mail and charts read them here.</summary>
/// <param name="Light">On white paper.</param>
/// <param name="Dark">For programs in dark mode.</param>
internal sealed record Theme(Shades Light, Shades Dark)
{
    /// <summary>What text needs at least of WCAG 2 (1.4.3).</summary>
    public const double LeastContrast = 4.5;

    private const double DarkContrast = 6;

    private const string OwnFaces = "'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    /// <summary>The family of the font; null for the module's own faces.</summary>
    public string? Font { get; init; }

    /// <summary>The logo at the head; null for none.</summary>
    public LogoPicture? Logo { get; init; }

    /// <summary>A line at the foot; null for none.</summary>
    public string? Footer { get; init; }

    /// <summary>Who sends the mails; null for the name of the mail server's sender.</summary>
    public string? SenderLine { get; init; }

    /// <summary>Whether the accent is the colour of a brand, which a line above the report shows too.</summary>
    public bool IsBranded { get; init; }

    /// <summary>The faces of mail and HTML; Outlook inherits none, so each element of a mail names them.</summary>
    public string Faces => Font is null ? OwnFaces : $"'{Font}',{OwnFaces}";

    /// <summary>The look that a record describes.</summary>
    public static Theme Of(ReportTheme theme)
    {
        var colors = theme.BrandColor is { } color ? WithBrand(Rgb.Of(color)) : Standard;
        return colors with
        {
            Font = theme.Font,
            Logo = theme.LogoPicture is { } picture ? LogoPicture.Read(picture) : null,
            Footer = theme.Footer,
            SenderLine = theme.SenderLine,
        };
    }

    // The brand is the first series, and takes the place of the one that it is most like.
    private static Theme WithBrand(Rgb brand)
    {
        var alike = Enumerable.Range(0, Standard.Light.Series.Count).MinBy(index => brand.Distance(Standard.Light.Series[index]));
        var dark = brand.LightenedFor(Standard.Dark.Paper, DarkContrast);
        IReadOnlyList<Rgb> With(Rgb first, IReadOnlyList<Rgb> series) => [first, .. series.Where((_, index) => index != alike)];
        return new Theme(
            Standard.Light with { Accent = brand, Series = With(brand, Standard.Light.Series) },
            Standard.Dark with { Accent = dark, Series = With(dark, Standard.Dark.Series) })
        { IsBranded = true };
    }

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
