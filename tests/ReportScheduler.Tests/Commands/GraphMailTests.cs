using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Commands;

/// <summary>Mail through Microsoft Graph as a user sets it up: identity, mail server, task, in the built module.</summary>
public sealed class GraphMailTests : IDisposable
{
    private readonly TrustingHost host = new();
    private readonly GraphServer graph;

    public GraphMailTests()
    {
        graph = new GraphServer(host.Issue("127.0.0.1"));
        graph.Takes = token => host.Tokens.Takes(token, graph.Address);
    }

    private string MakeServer => $"""
        {host.MakeCorp}
        $null = New-ReportMailServer office -Graph -Identity corp -From reports@example.com -GraphEndpoint {graph.Address}
        $null = New-ReportConnection db ':memory:'
        $null = New-ReportTask Daily db -Query 'select 1 as one' -Format Csv -To ann@example.com
        """;

    public void Dispose()
    {
        graph.Dispose();
        host.Dispose();
    }

    [Fact]
    public void A_report_goes_out_with_a_token_of_the_identity_and_the_secret_stands_nowhere()
    {
        var said = host.Run($$"""
            {{MakeServer}}
            Test-ReportMailServer office | ForEach-Object { "$($_.Success) $($_.Server) $($_.IsSecure) $($_.Mechanism)$($_.Message)" }
            Invoke-ReportTask Daily -Verbose *>&1 | ForEach-Object { "$_" }
            Get-ReportMailServer office | ConvertTo-Json
            Get-ReportRun | Format-List * | Out-String
            """);
        Assert.Contains("True 127.0.0.1 True Microsoft Graph with the identity 'corp'", said, StringComparison.Ordinal);
        Assert.Contains("Succeeded", said, StringComparison.Ordinal);
        Assert.Equal("ann@example.com", Assert.Single(Assert.Single(graph.Sent).Message!.To.Mailboxes).Address);
        string[] secrets = [host.Tokens.Secret, .. host.Tokens.Issued.Select(token => token.Text)];
        var kept = Directory.GetFiles(host.Folder, "*", SearchOption.AllDirectories)
            .Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1));
        Assert.All(kept.Append(said), text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_pause_that_Graph_asks_for_is_kept_by_the_ledger()
    {
        graph.Answer = request => request.Path == "/sendMail"
            ? GraphReply.Error(429, "ApplicationThrottled", "Slowly.", "Retry-After: 1800")
            : null;
        Assert.Equal("Delivering GraphBusy 1", host.Run($$"""
            {{MakeServer}}
            $run = Invoke-ReportTask Daily 3>$null
            $wait = $run.Deliveries[0].NextAttemptAt - $run.Deliveries[0].History[-1].EndedAt
            if ($wait.TotalMinutes -lt 29.9 -or $wait.TotalMinutes -gt 31) { "waits $wait" }
            "$($run.Outcome) $(if ($run.Deliveries[0].Error -like '*pause of 1800 s*') { 'GraphBusy' }) $($run.Deliveries[0].Attempts)"
            """));
        graph.Answer = _ => null;
        Assert.Equal("Succeeded", host.Run("(Get-ReportRun | Send-ReportRun -FailedOnly).Outcome"));
        Assert.Single(graph.Sent);
    }

    [Fact]
    public void A_token_for_another_audience_is_refused_and_asked_for_once_more()
    {
        host.Tokens.Audience = "https://outlook.office365.com";
        var said = host.Run($$"""
            {{MakeServer}}
            $run = Invoke-ReportTask Daily -ErrorAction SilentlyContinue
            "$($run.Outcome)|$($run.Deliveries[0].State)|$($run.Deliveries[0].Error)"
            """);
        Assert.StartsWith(
            "Failed|Failed|'127.0.0.1' does not take the token of the report identity 'corp'. Check that -Cloud is the one of its tenant",
            said, StringComparison.Ordinal);
        Assert.Equal((2, 0), (host.Tokens.Issued.Count, graph.Sent.Count));
        Assert.All(host.Tokens.Issued, token => Assert.DoesNotContain(token.Text, said, StringComparison.Ordinal));
        host.Tokens.Audience = null;
        Assert.Equal("Succeeded", host.Run("(Get-ReportRun | Send-ReportRun -FailedOnly).Outcome"));
    }

    [Fact]
    public void A_token_that_ends_while_a_large_message_is_handed_over_is_renewed()
    {
        host.Tokens.Life = TimeSpan.FromSeconds(4);
        // each is taken here, so that it is renewed because its time passes and not because it is refused
        graph.Takes = token => host.Tokens.Issued.Any(known => known.Text == token);
        graph.Answer = request =>
        {
            if (request.Path.EndsWith("/createUploadSession", StringComparison.Ordinal))
            {
                Thread.Sleep(2500);
            }

            return null;
        };
        File.WriteAllText(Path.Combine(host.Folder, "big.sql"),
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000) select i, hex(randomblob(40)) as v from n");
        Assert.Equal("Succeeded", host.Run($$"""
            {{MakeServer}}
            $null = Set-ReportTask Daily -QueryPath big.sql
            $run = Invoke-ReportTask Daily -ErrorAction SilentlyContinue
            "$($run.Outcome)$($run.Error)$($run.Deliveries.Error)"
            """));
        var bearers = graph.Requests.Where(request => request.Headers.ContainsKey("Authorization"))
            .Select(request => request.Headers["Authorization"]).Distinct().ToList();
        Assert.True(bearers.Count > 1, $"{bearers.Count}");
        Assert.Contains(graph.Requests, request => request.Method == "PUT");
        Assert.Single(graph.Sent);
    }

    [Theory]
    [InlineData("New-ReportMailServer x -Graph -From r@example.com", "GraphIdentityMissing")]
    [InlineData("New-ReportMailServer x -Graph -SmtpHost h -Identity corp -From r@example.com", "MailServerAmbiguous")]
    [InlineData("New-ReportMailServer x -Graph -Identity nobody -From r@example.com", "IdentityNotFound")]
    [InlineData("New-ReportMailServer x -SmtpHost h -NoSentItems -From r@example.com", "MailOptionNeedsGraph")]
    [InlineData("New-ReportMailServer x -SmtpHost h -Cloud China -From r@example.com", "MailOptionNeedsGraph")]
    [InlineData("New-ReportMailServer x -Graph -Identity corp -GraphEndpoint http://graph.example.com -From r@example.com",
        "GraphEndpointNotUsable")]
    [InlineData("New-ReportMailServer x -Graph -Identity corp -GraphEndpoint nonsense -From r@example.com", "GraphEndpointNotUsable")]
    public void A_wrong_call_is_refused(string script, string id)
    {
        using var session = new PowerShellSession();
        session.Run("$null = New-ReportIdentity corp -ManagedIdentity").NoErrors();
        Assert.StartsWith(id + ",", session.Run(script).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_server_moves_to_Graph_and_back_and_is_exported_and_imported_as_it_was()
    {
        using var session = new PowerShellSession();
        session.Run("""
            $null = New-ReportIdentity corp -ManagedIdentity
            New-ReportMailServer office -SmtpHost smtp.example.com -From r@example.com
            Set-ReportMailServer office -Graph -Identity corp -Cloud UsGov -NoSentItems
            """).NoErrors();
        dynamic server = session.Run("Get-ReportMailServer office").Single();
        Assert.Equal((true, "UsGov", true, null),
            ((bool)server.Graph, (string)server.Cloud.ToString(), (bool)server.NoSentItems, (string?)server.SmtpHost));
        session.Run("Export-ReportTask all.json; Remove-ReportMailServer office; Import-ReportTask all.json").NoErrors();
        server = session.Run("Get-ReportMailServer office").Single();
        Assert.Equal((true, "UsGov", true, "corp"),
            ((bool)server.Graph, (string)server.Cloud.ToString(), (bool)server.NoSentItems, (string?)server.Identity));
        session.Run("Set-ReportMailServer office -SmtpHost smtp.example.com").NoErrors();
        server = session.Run("Get-ReportMailServer office").Single();
        Assert.Equal((false, "Global", false, "smtp.example.com"),
            ((bool)server.Graph, (string)server.Cloud.ToString(), (bool)server.NoSentItems, (string?)server.SmtpHost));
    }
}
