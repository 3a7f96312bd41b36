using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReportScheduler.Delivery.Places;

namespace ReportScheduler.Delivery.Mail;

/// <summary>Requests to Microsoft Graph for the mailbox of one sender, with tokens of the mail server's identity.</summary>
/// <remarks>A refused token is asked for again once. Requests go one after another,
/// each once: what is repeated is repeated by the ledger.</remarks>
internal sealed class GraphSession : IDisposable
{
    /// <summary>The slowest line that is waited for.</summary>
    private const int BytesASecond = 10_000;

    /// <summary>No answer that is needed is longer, but attachments that are read back.</summary>
    private const int LongestAnswer = 256 * 1024 * 1024;

    /// <summary>A plus sign of base64 stays one byte: a request has a limit.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MailAccess access;
    private readonly CancellationToken cancel;
    private readonly HttpClient client;
    private readonly string scope;
    private readonly string root;

    public GraphSession(MailAccess access, CancellationToken cancel)
    {
        (this.access, this.cancel) = (access, cancel);
        var address = access.Server.GraphAddress;
        From = MailAddresses.Parse(access.Server.From).Address;
        Name = new Uri(address).Host;
        scope = access.Server.GraphScope;
        root = $"{address}/v1.0/users/{Uri.EscapeDataString(From)}";
        client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Least(access.Server.Timeout) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>The host, as in messages.</summary>
    public string Name { get; }

    /// <summary>The address of the sender's mailbox.</summary>
    public string From { get; }

    /// <summary>How long Graph wants nobody to ask again; null when it was not busy.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>One request about the mailbox.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">What follows the mailbox, or a whole address that Graph gave.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="sends">Whether it sends the message: without an answer nobody knows then whether it did.</param>
    /// <exception cref="ReportException">There was no answer; MailUncertain where that leaves a doubt.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, and nothing was sent.</exception>
    public GraphAnswer Ask(HttpMethod method, string path, Func<HandedOverContent>? content = null, bool sends = false)
    {
        var answer = Once();
        if (answer.Status == 401)
        {
            access.Secrets.ForgetToken(access.Server.Identity!, scope);
            answer = Once();
        }

        Note(answer);
        return answer;

        GraphAnswer Once()
        {
            using var request = new HttpRequestMessage(method, path.StartsWith('/') ? root + path : Own(path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer",
                access.Secrets.GetTokenAsync(access.Server.Identity!, scope, cancel).GetAwaiter().GetResult().Text);
            // the id of a draft stays the same when it is sent
            request.Headers.Add("Prefer", "IdType=\"ImmutableId\"");
            return Send(request, content?.Invoke(), sends);
        }
    }

    /// <summary>Uploads a range to an address that has its own right to it: a token must not go there.</summary>
    public GraphAnswer Upload(Uri address, ReadOnlyMemory<byte> range, long start, long whole)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address);
        var content = new HandedOverContent(range, "application/octet-stream");
        content.Headers.ContentRange = new ContentRangeHeaderValue(start, start + range.Length - 1, whole);
        var answer = Send(request, content, sends: false);
        Note(answer);
        return answer;
    }

    /// <summary>A body of JSON.</summary>
    public static Func<HandedOverContent> Json(JsonObject json) =>
        () => new HandedOverContent(JsonSerializer.SerializeToUtf8Bytes(json, Plain), "application/json");

    /// <summary>What an answer that is no success means.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="what">What was refused.</param>
    /// <param name="permission">The application permission that it needs.</param>
    public ReportException Refusal(GraphAnswer answer, string what, string permission) => answer switch
    {
        { IsTooLarge: true } => GraphErrors.GraphTooLarge(Name, answer.Said),
        { IsBusy: true } => GraphErrors.GraphBusy(Name, answer.Said, answer.RetryAfter),
        { Status: 401 } => GraphErrors.GraphSignInRefused(Name, access.Server.Identity!, answer.Said),
        { Status: 403 } => GraphErrors.GraphNotAllowed(Name, access.Server.Identity!, From, permission, answer.Said),
        { Code: "ErrorInvalidUser" or "MailboxNotEnabledForRESTAPI" or "MailboxNotSupportedForRESTAPI" or "Request_ResourceNotFound"
            or "ResourceNotFound" } =>
            GraphErrors.GraphMailboxUnknown(Name, From, answer.Said),
        { Status: 408 or >= 500 } => GraphErrors.GraphFailed(Name, what, answer.Said),
        _ => GraphErrors.GraphRefused(Name, what, answer.Said),
    };

    public void Dispose() => client.Dispose();

    private GraphAnswer Send(HttpRequestMessage request, HandedOverContent? content, bool sends)
    {
        request.Content = content;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Least(access.Server.Timeout) + TimeSpan.FromSeconds((content?.Length ?? 0) / BytesASecond));
        if (content is not null)
        {
            content.Whole = () => patience.CancelAfter(Least(access.Server.AnswerTimeout));
        }

        try
        {
            using var response = client.SendAsync(request, patience.Token).GetAwaiter().GetResult();
            var body = response.Content.ReadAsByteArrayAsync(patience.Token).GetAwaiter().GetResult();
            return new GraphAnswer((int)response.StatusCode, body, Pause(response));
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            throw sends && content is { IsWhole: true } ? MailErrors.MailUncertain(Name, access.Server.AnswerTimeout, problem)
                : problem is OperationCanceledException && cancel.IsCancellationRequested ? problem
                : Unreachable(problem);
        }
    }

    private ReportException Unreachable(Exception problem) => problem switch
    {
        OperationCanceledException => MailErrors.MailServerSilent(Name, problem),
        HttpRequestException { InnerException: System.Security.Authentication.AuthenticationException } =>
            MailErrors.MailCertificateNotTrusted(Name, problem),
        _ => GraphErrors.GraphUnreachable(Name, problem),
    };

    private void Note(GraphAnswer answer) => RetryAfter = answer.IsBusy ? answer.RetryAfter ?? RetrySchedule.First : RetryAfter;

    /// <summary>What a timer takes.</summary>
    private static TimeSpan Least(TimeSpan time) => time < TimeSpan.FromDays(1) ? time : TimeSpan.FromDays(1);

    private static TimeSpan? Pause(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } when date - TimeProvider.System.GetUtcNow() is var left => left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>An address that Graph gave to go on with; a token goes to no other host.</summary>
    private string Own(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var link) && new Uri(root) is var own && link.Scheme == own.Scheme
            && link.Authority == own.Authority
            ? address
            : throw GraphErrors.GraphRefused(Name, "the rest of a list",
                string.Create(CultureInfo.InvariantCulture, $"it is at '{address}'"));
}
