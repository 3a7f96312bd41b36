namespace ReportScheduler.Benchmarks.Gallery;

/// <summary>The pictures of one report: PDF, worksheets, page and mail. Those whose program is not installed are left out.</summary>
internal sealed class ReportPictures(string folder)
{
    private const int Phone = 390;
    private const int Attempts = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>What there are pictures of.</returns>
    public IEnumerable<string> Make()
    {
        foreach (var old in Directory.GetFiles(folder, "*.png"))
        {
            File.Delete(old);
        }

        if (Tool.Has("pdftoppm") && Find("*.pdf") is { } pdf)
        {
            Tool.Run(["pdftoppm", "-r", "80", "-png", "-l", "3", pdf, Path.Combine(folder, "pdf")]);
            yield return "PDF";
        }

        if (Tool.Has("soffice") && Find("*.xlsx") is { } book)
        {
            var office = Path.Combine(folder, "office");
            Tool.Run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", office, book]);
            Tool.Run(["pdftoppm", "-r", "80", "-png", "-l", "2", Path.Combine(office, Path.GetFileNameWithoutExtension(book) + ".pdf"),
                Path.Combine(folder, "workbook")]);
            yield return "workbook";
        }

        if (Tool.Has("chromium"))
        {
            foreach (var (name, page) in new[] { ("html", Find("*.html")), ("mail", MailPage.Of(Path.Combine(folder, "mail.eml"))) })
            {
                foreach (var (kind, width, isDark) in new[]
                    { ("", 1280, false), ("-dark", 1280, true), ("-phone", Phone, false), ("-phone-dark", Phone, true) })
                {
                    Take(page!, $"{name}{kind}", width, isDark);
                }

                yield return name;
            }
        }
    }

    private string? Find(string pattern) => Directory.GetFiles(folder, pattern).Order().FirstOrDefault();

    // A window is never as narrow as a phone: the page is in a frame that is.
    private void Take(string page, string name, int width, bool isDark)
    {
        var address = new Uri(page).AbsoluteUri;
        var framed = Path.Combine(folder, ".frame.htm");
        if (width == Phone)
        {
            File.WriteAllText(framed, $"""
                <!DOCTYPE html><meta name="color-scheme" content="light dark"><body style="margin:0">
                <iframe src="{address}" style="border:0;width:{Phone}px;height:1400px"></iframe>
                """);
            address = new Uri(framed).AbsoluteUri;
        }

        var dark = isDark ? "--blink-settings=preferredColorScheme=0" : "--blink-settings=preferredColorScheme=1";
        var picture = Path.Combine(folder, name + ".png");
        // a profile of its own: what the last page left in it, such as how its text was drawn, is not in the next picture
        var profile = Directory.CreateTempSubdirectory("gallery-");
        byte[] before = [];
        // a busy machine takes a picture before the last line is painted now and then: two that are alike are whole
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            Tool.Run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
                // each tile is drawn whole and alike, on one thread; time that is not the clock's (--virtual-time-budget) stood still
                // for ever now and then, and took pictures of pages that were not done
                "--disable-partial-raster", "--disable-threaded-animation", "--disable-checker-imaging", "--num-raster-threads=1",
                "--disable-lcd-text", "--font-render-hinting=none", "--force-color-profile=srgb", "--disable-skia-runtime-opts",
                $"--user-data-dir={profile.FullName}", $"--window-size={Math.Max(width, 500)},1400", dark,
                $"--screenshot={picture}", address],
                patience: Patience);
            var taken = File.Exists(picture) ? File.ReadAllBytes(picture) : [];
            if (taken.Length > 0 && taken.AsSpan().SequenceEqual(before))
            {
                break;
            }

            before = taken;
        }

        profile.Delete(recursive: true);
        File.Delete(framed);
    }
}
