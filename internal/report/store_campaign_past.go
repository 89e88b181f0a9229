package report

import (
	"context"
	"encoding/json"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// CampaignPast is a campaign as it stood at a version, with who saved what stands now.
type CampaignPast struct {
	Campaign
	By string
	At time.Time
}

// CampaignAtVersion gives the campaign as somebody opened it, for the page of three columns. now is the campaign as it
// stands; a version that never was is NotFound.
func CampaignAtVersion(ctx context.Context, tx *db.Tx, now Campaign, version int) (CampaignPast, error) {
	past := CampaignPast{Campaign: now}
	last, err := db.One[struct {
		ByName string
		At     time.Time
	}](ctx, tx, `select by_name, at from campaign_change where campaign_id = $1 and action = 'campaign.change' order by id desc limit 1`, now.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return CampaignPast{}, err
	}
	past.By, past.At = last.ByName, last.At
	if version == now.Version {
		return past, nil
	}
	// Each change keeps what it replaced, with its version.
	before, err := db.Value[[]byte](ctx, tx, `
		select before from campaign_change
		where campaign_id = $1 and action = 'campaign.change' and (before ->> 'Version')::integer = $2 order by id desc limit 1`, now.ID, version)
	if err != nil {
		return CampaignPast{}, err
	}
	past.Campaign = Campaign{}
	return past, json.Unmarshal(before, &past.Campaign)
}
