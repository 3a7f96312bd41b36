using System.Text;

namespace ReportScheduler.Secrets;

/// <summary>The keys in a file: one as its bytes, or one or more as text, a key a line, the newest first.</summary>
/// <remarks>In text a key is 32 bytes in base64, as <c>openssl rand -base64 32</c> makes it, or in hexadecimal. Empty lines and lines
/// that begin with # count for nothing.</remarks>
internal static class KeyRing
{
    public const int Size = 32;

    /// <exception cref="ReportException">SecretKeyDamaged or KeyRingNotUsable; the lines are not shown.</exception>
    public static IReadOnlyList<byte[]> Parse(byte[] content, string path)
    {
        if (content.Length == Size)
        {
            return [content];
        }

        // a byte order mark, which editors on Windows write
        var text = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content;
        if (text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !IsText(text))
        {
            throw SecretErrors.SecretKeyDamaged(path, content.Length, Size);
        }

        var keys = new List<byte[]>();
        var lines = Encoding.ASCII.GetString(text).Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                keys.Add(Read(line) ?? throw SecretErrors.KeyRingNotUsable(path, number));
            }
        }

        return keys.Count > 0 ? keys : throw SecretErrors.SecretKeyDamaged(path, content.Length, Size);
    }

    private static bool IsText(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (letter is not (>= (byte)' ' and <= (byte)'~' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[]? Read(string line)
    {
        if (line.Length == Size * 2 && line.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(line);
        }

        var bytes = new byte[Size + 3];
        return Convert.TryFromBase64String(line, bytes, out var length) && length == Size ? bytes[..Size] : null;
    }
}
