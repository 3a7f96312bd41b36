using System.Management.Automation;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Sources;

namespace ReportScheduler.Commands;

/// <summary>The parameters that define a report theme.</summary>
public abstract class ThemeDefinitionCommand : ReportCommand
{
    /// <summary>The colour of the brand: #RRGGBB, or a name such as navy or teal. It needs a contrast of 4.5:1 on white,
    /// so that it can be read; a paler one is refused with the nearest shade that has it. Dark mode gets a lighter one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("BrandColour")]
    [AllowEmptyString]
    public string? BrandColor { get; set; }

    /// <summary>A PNG or JPEG picture of at most 512 KB. It is kept with the theme: give it again when the file has changed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Logo { get; set; }

    /// <summary>The logo of a piped theme.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public byte[]? LogoPicture { get; set; }

    /// <summary>The family of the font, such as 'Segoe UI'. The PDF and the charts need it on the computer that runs the report; mails,
    /// HTML pages and workbooks on that of the reader.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Font { get; set; }

    /// <summary>A line at the foot of each PDF page, of the HTML page, of the mail and of printed worksheets,
    /// such as 'Contoso, internal use'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Footer { get; set; }

    /// <summary>Who sends the mails, in their last line, such as 'Finance Operations,
    /// Contoso'. Default: the sender of the mail server.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? SenderLine { get; set; }

    /// <summary>Gives the theme the values of the parameters that were given, and no others. An empty text takes a value away.</summary>
    private protected void Apply(ReportTheme theme)
    {
        bool Is(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
        static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        theme.BrandColor = Is(nameof(BrandColor)) ? Given(BrandColor) : theme.BrandColor;
        theme.Font = Is(nameof(Font)) ? Given(Font) : theme.Font;
        theme.Footer = Is(nameof(Footer)) ? Given(Footer) : theme.Footer;
        theme.SenderLine = Is(nameof(SenderLine)) ? Given(SenderLine) : theme.SenderLine;
        if (LogoPicture is { Length: > 0 } && !IsTyped(nameof(Logo)))
        {
            (theme.Logo, theme.LogoPicture) = (Logo, LogoPicture);
        }
        else if (Is(nameof(Logo)))
        {
            theme.Logo = Given(Logo) is { } path ? FullPath(path) : null;
            theme.LogoPicture = theme.Logo is null ? null : Read(theme.Logo);
        }

        ThemeRules.Check(theme);
    }

    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
        {
            throw SourceErrors.FileNotFound(path, "logo");
        }

        try
        {
            // nobody reads a film into a theme
            using var file = File.OpenRead(path);
            var data = new byte[Math.Min(file.Length, ThemeRules.LargestLogo + 1)];
            file.ReadExactly(data);
            return data;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ThemeErrors.LogoNotReadable(path, problem);
        }
    }
}
